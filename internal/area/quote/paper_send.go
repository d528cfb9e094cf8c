package quote

import (
	"context"
	"net/url"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// ReasonMail refuses a change of a draft whose letter is on its way: take the letter out of the queue first.
const ReasonMail = "quote_on_its_way"

// Kinds of letters.
const (
	letterOffer    = "offer"
	letterReminder = "reminder"
)

// Post sends letters by e-mail.
type Post interface {
	Send(ctx context.Context, tx *sqlite.Tx, organizationID string, m Mail, name string, file []byte) (id string, err error)
	// IsSetUp tells whether messages can leave.
	IsSetUp(ctx context.Context, q sqlite.Queryer) (bool, error)
	// State is how far a message has come: waiting, sending, sent, failed, uncertain, withdrawn; "" is not known.
	State(ctx context.Context, q sqlite.Queryer, id string) (string, error)
}

// Mail is a message in the words of whoever reads it.
type Mail struct {
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

// LetterView is a letter that went with a quote, or after it.
type LetterView struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"` // offer, reminder
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	File    string `json:"file"`
	At      string `json:"at"`
	State   string `json:"state"` // waiting, sending, sent, failed, uncertain, withdrawn, unknown
}

func (s *Service) letters(ctx context.Context, q sqlite.Queryer, id string) ([]LetterView, error) {
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (l LetterView, err error) {
		var at int64
		err = r.Scan(&l.ID, &l.Kind, &l.To, &l.Subject, &l.Text, &l.File, &at)
		l.At = bridge.Moment(sqlite.Time(at))
		return l, err
	}, "SELECT mail_id, kind, recipient, subject, text, file, made_at FROM quote_letter WHERE quote_id = ? ORDER BY made_at DESC, mail_id", id)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].State, err = s.post.State(ctx, q, list[i].ID); err != nil {
			return nil, err
		}
		if list[i].State == "" {
			list[i].State = "unknown"
		}
	}
	return append([]LetterView{}, list...), nil
}

// notOnItsWay refuses to change a draft whose letter waits, or of which nobody knows whether it has left.
func (s *Service) notOnItsWay(ctx context.Context, tx *sqlite.Tx, id string) error {
	list, err := s.letters(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, l := range list {
		if l.Kind == letterOffer && (l.State == "waiting" || l.State == "sending" || l.State == "uncertain") {
			return fault.New(fault.Conflict, ReasonMail)
		}
	}
	return nil
}

// Draft is the letter that would go with a quote, or ask after it, in the language of the recipient.
// Requires access.WriteQuotes.
func (s *Service) Draft(ctx context.Context, id, kind, locale string) (Mail, error) {
	d, err := s.document(ctx, id, fileOffer, locale)
	if err != nil {
		return Mail{}, err
	}
	key := "quote_mail_offer"
	if kind == letterReminder {
		key = "quote_mail_reminder"
	}
	params := []any{
		"number", d.q.Number(), "salutation", d.paper.Texts.Salutation, "date", d.Day(d.made()), "valid", d.Day(d.q.ValidUntil),
		"contact", d.paper.Texts.Contact, "name", d.paper.Head.Name, "closing", d.paper.Texts.Closing,
	}
	return Mail{To: d.paper.Email, Subject: d.T(key+"_subject", params...), Text: d.T(key+"_text", params...)}, nil
}

// SendByMail puts a quote with its paper into the queue of e-mails, or a letter that asks after one that was sent. A draft
// is sent once its letter was handed to the server: see Handed. Requires access.WriteQuotes.
func (s *Service) SendByMail(ctx context.Context, id string, version int, kind string, m Mail, locale string) error {
	d, err := s.document(ctx, id, fileOffer, locale)
	if err != nil {
		return err
	}
	var c fault.Check
	m.To = input.Email(&c, "to", m.To, true)
	m.Subject, m.Text = input.Line(&c, "subject", m.Subject, maxSubject, true), input.LongText(&c, "text", m.Text, maxLetter, true)
	if err := c.Err(); err != nil {
		return err
	}
	file, err := d.pdf()
	if err != nil {
		return err
	}
	seen, err := s.enter(ctx)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		state := Draft
		if kind == letterReminder {
			state = Sent
		} else {
			kind = letterOffer
		}
		q, err := s.changeable(ctx, tx, seen, id, version, state)
		if err != nil {
			return err
		}
		if state == Draft {
			if err := s.stillHolds(ctx, tx, q); err != nil {
				return err
			}
			if err := freezePaper(ctx, tx, id, d.paper); err != nil {
				return err
			}
		}
		if err := spend(ctx, tx, seen.actor.OrganizationID, q); err != nil {
			return err
		}
		mailID, err := s.post.Send(ctx, tx, seen.actor.OrganizationID, m, d.file(), file)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO quote_letter (mail_id, quote_id, kind, recipient, subject, text, file, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			mailID, id, kind, m.To, m.Subject, m.Text, d.file(), seen.actor.AccountID, sqlite.Millis(tx.Now))
		if err != nil {
			return err
		}
		return s.record(ctx, tx, q, audit.Entry{Action: audit.DataExported, New: "mail"})
	})
}

// stillHolds refuses to send what would have expired on arrival.
func (s *Service) stillHolds(ctx context.Context, tx *sqlite.Tx, q Quote) error {
	if q.ValidUntil >= s.clock.Of(ctx, tx.Now) {
		return nil
	}
	var c fault.Check
	c.Refuse("validUntil", "date_in_past")
	return c.Err()
}

// Handed marks the draft as sent whose letter the server has taken. It asks for no permission: the queue calls it, in the
// transaction in which it notes that the letter left.
func (s *Service) Handed(ctx context.Context, tx *sqlite.Tx, mailID string, at time.Time) error {
	type from struct{ organization, quote, by string }
	found, err := sqlite.One(ctx, tx, func(r sqlite.Row) (f from, err error) {
		return f, r.Scan(&f.organization, &f.quote, &f.by)
	}, `SELECT q.organization_id, q.id, l.made_by FROM quote_letter l JOIN quote q ON q.id = l.quote_id
		WHERE l.mail_id = ? AND l.kind = 'offer' AND q.state = 'draft'`, mailID)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	queue := sight{actor: access.Actor{OrganizationID: found.organization, AccountID: found.by, Role: access.LegalRepresentative}} // nobody asks
	q, err := one(ctx, tx, queue, found.quote)
	if err != nil {
		return err
	}
	q.State, q.SentAt = Sent, at
	if err := write(ctx, tx, found.organization, q.Quote, ""); err != nil {
		return err
	}
	return s.record(ctx, tx, q.Quote, audit.Entry{
		Action: audit.ItemChanged, Old: string(Draft), New: string(Sent), AccountID: found.by, OrganizationID: found.organization,
	})
}

// OpenMail opens a letter in the person's own mail program, which takes no file: the paper is to be attached by hand.
// Requires access.WriteQuotes.
func (s *Service) OpenMail(ctx context.Context, m Mail) error {
	if _, err := access.Require(ctx, access.WriteQuotes); err != nil {
		return err
	}
	var c fault.Check
	m.To = input.Email(&c, "to", m.To, false)
	if err := c.Err(); err != nil {
		return err
	}
	if err := s.opener.OpenURL(m.mailto()); err != nil {
		return fault.Wrap(err, fault.Unavailable, "no_mail_program")
	}
	return nil
}

// Opener opens an address in the person's own programs.
type Opener interface{ OpenURL(address string) error }

// mailto is the letter for the person's own mail program, which takes no file: the paper is to be attached by hand.
func (m Mail) mailto() string {
	query := url.Values{"subject": {m.Subject}, "body": {m.Text}}.Encode()
	query = strings.ReplaceAll(query, "+", "%20") // as mail programs read it
	return (&url.URL{Scheme: "mailto", Opaque: url.PathEscape(m.To), RawQuery: query}).String()
}
