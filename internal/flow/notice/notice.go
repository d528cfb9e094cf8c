// Package notice tells people of their sign-ins: in the window always, by e-mail where a mail server is set up, on the
// desktop where none is. It promises that a notice is owed exactly if the event happened, that it is in the person's
// language, and that it holds no secret and no link: who gets one looks into Kontor, not into a mail.
package notice

import (
	"context"
	"log/slog"
	"time"

	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

// Notice is one event of which a person was told.
type Notice struct {
	ID       string
	Kind     session.NoticeKind
	At       time.Time
	Device   string
	System   string
	Address  string
	LetterID string // in the mail queue; "": it was not mailed
	SeenAt   time.Time
}

// People finds whom to tell.
type People interface {
	Account(ctx context.Context, q sqlite.Queryer, id string) (profile.Account, error)
}

// Readers tells in which language and region a person reads.
type Readers interface {
	Locale(ctx context.Context, accountID string) (words.Locale, error)
}

// Mail takes messages, if a server is set up.
type Mail interface {
	IsSetUp(ctx context.Context, q sqlite.Queryer) (bool, error)
	Queue(ctx context.Context, tx *sqlite.Tx, m mail.Message) (string, error)
}

// Desktop shows a notification of the system.
type Desktop interface {
	Notify(title, text string) error
}

// Options wire a Service.
type Options struct {
	DB      *sqlite.DB
	People  People
	Readers Readers
	Mail    Mail
	Desktop Desktop        // nil: there is none
	Zone    *time.Location // the computer's, for whoever chose none
	Log     *slog.Logger
	Changed func() // called after a notice came; may be nil
}

// Service keeps notices and passes them on.
type Service struct{ o Options }

// NewService wires a service.
func NewService(o Options) *Service {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Service{o}
}

// Owe notes, in the transaction of the event, that a person is to be told of it, and passes it on once that is certain.
func (s *Service) Owe(ctx context.Context, tx *sqlite.Tx, accountID string, kind session.NoticeKind, d session.Device) error {
	who, err := s.o.People.Account(ctx, tx, accountID)
	if err != nil {
		return err
	}
	n := Notice{ID: tx.NewID(), Kind: kind, At: tx.Now, Device: text.OneLine(d.Name), System: text.OneLine(d.System), Address: text.OneLine(d.Address)}
	if n.LetterID, err = s.post(ctx, tx, who, n); err != nil {
		return err
	}
	if n.LetterID == "" && s.o.Desktop != nil {
		w := s.wording(ctx, who)
		title, text := w.subject(n), w.short(n)
		tx.AfterCommit(func() { beside.Go(s.o.Log, "notice", func() { s.show(title, text) }) })
	}
	tx.AfterCommit(s.o.Changed)
	return insert(ctx, tx, accountID, n)
}

// post queues the mail and returns its id; "" if there is no mail server, or the address or name cannot be written to:
// a notice that cannot be mailed must not keep anybody from signing in.
func (s *Service) post(ctx context.Context, tx *sqlite.Tx, who profile.Account, n Notice) (string, error) {
	on, err := s.o.Mail.IsSetUp(ctx, tx)
	if err != nil || !on {
		return "", err
	}
	w := s.wording(ctx, who)
	id, err := s.o.Mail.Queue(ctx, tx, mail.Message{
		To: who.LoginEmail, Subject: w.subject(n), Text: w.letter(text.OneLine(who.FirstName), n),
		AccountID: who.ID, Product: audit.Session,
	})
	if fault.CodeOf(err) == fault.Invalid {
		s.o.Log.Warn("notice: not mailed", "error", err)
		return "", nil
	}
	return id, err
}

// Tell passes a message on that is no sign-in and is not kept: by e-mail where a mail server is set up, else on the
// desktop. say is given the words of the person.
func (s *Service) Tell(ctx context.Context, tx *sqlite.Tx, accountID string, say func(*words.Book) (subject, letter, short string)) error {
	who, err := s.o.People.Account(ctx, tx, accountID)
	if err != nil {
		return err
	}
	subject, letter, short := say(s.wording(ctx, who).Book)
	on, err := s.o.Mail.IsSetUp(ctx, tx)
	if err != nil {
		return err
	}
	if on {
		_, err := s.o.Mail.Queue(ctx, tx, mail.Message{To: who.LoginEmail, Subject: subject, Text: letter, AccountID: who.ID, Product: audit.Expiry})
		if fault.CodeOf(err) != fault.Invalid {
			return err
		}
		s.o.Log.Warn("notice: not mailed", "error", err)
	}
	if s.o.Desktop != nil {
		tx.AfterCommit(func() { beside.Go(s.o.Log, "notice", func() { s.show(subject, short) }) })
	}
	return nil
}

func (s *Service) show(title, text string) {
	if err := s.o.Desktop.Notify(title, text); err != nil {
		s.o.Log.Warn("notice: the desktop shows none, it stands in the window only", "error", err)
	}
}

// wording is how the person reads: in their language, figures and zone.
func (s *Service) wording(ctx context.Context, who profile.Account) wording {
	locale, err := s.o.Readers.Locale(ctx, who.ID)
	if err != nil {
		s.o.Log.Warn("notice: in the figures that are usual in the language", "error", err)
	}
	book := words.For(words.In(who.Language, locale.Region))
	if zone, err := time.LoadLocation(who.TimeZone); err == nil && who.TimeZone != "" {
		return wording{book, zone}
	}
	return wording{book, s.o.Zone}
}

// List returns the notices of the person who is signed in, newest first.
func (s *Service) List(ctx context.Context) ([]Notice, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, err
	}
	return list(ctx, s.o.DB.Reader(), actor.AccountID)
}

// Seen notes that the person has looked at all notices up to one of them.
func (s *Service) Seen(ctx context.Context, upTo time.Time) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error { return markSeen(ctx, tx, actor.AccountID, upTo) })
}

// Group is the notices of one kind that nobody has looked at.
type Group struct {
	Kind   session.NoticeKind
	Count  int
	Last   time.Time
	Device string // of the last
}

// Unseen are the notices that the person has not looked at and of which no mail tells, by kind.
func (s *Service) Unseen(ctx context.Context) ([]Group, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, err
	}
	return unseen(ctx, s.o.DB.Reader(), actor.AccountID)
}
