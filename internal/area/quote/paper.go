package quote

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Limits of what stands on a paper around its lines, in characters.
const (
	maxSubject = 200
	maxAddress = 600
	maxOpening = 1500
	maxLetter  = 10_000
)

// Letterhead is what stands on every paper of the organization.
type Letterhead struct {
	Name    string   `json:"name"`
	Lines   []string `json:"lines"`  // right of the logo
	Sender  string   `json:"sender"` // in one line, above the address
	Footer  string   `json:"footer"`
	Right   bool     `json:"right"`  // the window of the envelope is on the right
	Accent  string   `json:"accent"` // "#0b4d66"
	Contact string   `json:"contact"`
	IBAN    string   `json:"-"`              // in groups of four
	Logo    []byte   `json:"logo,omitempty"` // PNG
	Width   int      `json:"width,omitempty"`
	Height  int      `json:"height,omitempty"`
	Address bool     `json:"-"` // street and place are known
	Tax     bool     `json:"-"` // a VAT or UID number is known
	// Texts are the standard texts in the language of the quote, by kind: intro, payment, validity, duration, excluded, closing.
	Texts map[string]string `json:"-"`
}

// Sender is the organization as its papers show it.
type Sender interface {
	// Letterhead has its words in a language.
	Letterhead(ctx context.Context, language string) (Letterhead, error)
	// NumberPattern is the pattern of an organization's numbers, see core/numbering.
	NumberPattern(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error)
}

// Wording is what somebody wrote for one quote; "" has the standard. It can be changed as long as the quote is a draft.
type Wording struct {
	Language   string `json:"language"` // of the quote itself: never ""
	Subject    string `json:"subject"`
	Address    string `json:"address"` // lines, the name first
	Salutation string `json:"salutation"`
	Contact    string `json:"contact"` // at the sender
	Intro      string `json:"intro"`
	Payment    string `json:"payment"`
	Validity   string `json:"validity"`
	Duration   string `json:"duration"`
	Excluded   string `json:"excluded"`
	Closing    string `json:"closing"`
}

// Paper is everything that stands on a quote around its lines, as it goes out.
type Paper struct {
	Head     Letterhead `json:"head"`
	Address  []string   `json:"address"`
	Small    []string   `json:"small"`    // below the address: the recipient's VAT number
	Customer string     `json:"customer"` // its number
	Email    string     `json:"email"`    // of the recipient's contact
	Sentence string     `json:"sentence"` // that a quote without VAT needs, see vat.Sentence
	Texts    Wording    `json:"texts"`    // each of them written out
}

func (o *Wording) validate() error {
	var c fault.Check
	o.Subject = input.Line(&c, "subject", o.Subject, maxSubject, false)
	o.Salutation = input.Line(&c, "salutation", o.Salutation, maxSubject, false)
	o.Contact = input.Line(&c, "contact", o.Contact, MaxName, false)
	o.Address = input.LongText(&c, "address", o.Address, maxAddress, false)
	for field, to := range map[string]*string{
		"intro": &o.Intro, "payment": &o.Payment, "validity": &o.Validity, "duration": &o.Duration, "excluded": &o.Excluded, "closing": &o.Closing,
	} {
		*to = input.LongText(&c, field, *to, maxOpening, false)
	}
	known := false
	for _, l := range Languages {
		known = known || l == o.Language
	}
	if !known {
		c.Refuse("language", "not_a_choice")
	}
	return c.Err()
}

// kept is what is kept of a quote's paper.
type kept struct {
	own    Wording
	frozen *Paper // nil as long as the quote has not left
}

func readPaper(ctx context.Context, q sqlite.Queryer, id string) (k kept, err error) {
	var own, frozen string
	_, err = sqlite.One(ctx, q, func(r sqlite.Row) (struct{}, error) { return struct{}{}, r.Scan(&own, &frozen) },
		"SELECT own, frozen FROM quote_paper WHERE quote_id = ?", id)
	if fault.CodeOf(err) == fault.NotFound {
		return k, nil
	}
	if err != nil {
		return k, err
	}
	if err := json.Unmarshal([]byte(own), &k.own); err != nil || frozen == "" {
		return k, err
	}
	k.frozen = &Paper{}
	return k, json.Unmarshal([]byte(frozen), k.frozen)
}

func writeOwn(ctx context.Context, tx *sqlite.Tx, id string, o Wording) error {
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO quote_paper (quote_id, own) VALUES (?, ?) ON CONFLICT (quote_id) DO UPDATE SET own = excluded.own", id, string(data))
	return err
}

// copyOwn gives a quote what was written for another.
func copyOwn(ctx context.Context, tx *sqlite.Tx, from, to string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO quote_paper (quote_id, own) SELECT ?, own FROM quote_paper WHERE quote_id = ?", to, from)
	return err
}

// freezePaper keeps the paper as it goes out: from now on it says what it says.
func freezePaper(ctx context.Context, tx *sqlite.Tx, id string, p Paper) error {
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO quote_paper (quote_id, own, frozen) VALUES (?, '{}', ?) ON CONFLICT (quote_id) DO UPDATE SET frozen = excluded.frozen",
		id, string(data))
	return err
}

// paper is the paper of a quote: as it went out, else as it would go out now.
func (s *Service) paper(ctx context.Context, q Quote) (Paper, Wording, error) {
	k, err := readPaper(ctx, s.db.Reader(), q.ID)
	if err != nil {
		return Paper{}, Wording{}, err
	}
	k.own.Language = q.Language
	if k.frozen != nil && q.State != Draft {
		return *k.frozen, k.own, nil
	}
	head, err := s.sender.Letterhead(ctx, q.Language)
	if err != nil {
		return Paper{}, Wording{}, err
	}
	p, err := s.addressee(ctx, q)
	if err != nil {
		return Paper{}, Wording{}, err
	}
	return p.with(head, k.own, q), k.own, nil
}

// with writes every text out: what was written for this quote, else the standard.
func (p Paper) with(head Letterhead, own Wording, q Quote) Paper {
	w := words.For(words.In(q.Language, ""))
	p.Head = head
	if own.Address != "" {
		p.Address = strings.Split(own.Address, "\n")
	}
	p.Texts = Wording{
		Language: q.Language, Subject: own.Subject, Address: strings.Join(p.Address, "\n"),
		Salutation: cmp.Or(own.Salutation, p.Texts.Salutation, w.T("quote_paper_salutation")), Contact: cmp.Or(own.Contact, head.Contact),
		Intro: cmp.Or(own.Intro, head.Texts["intro"]), Payment: cmp.Or(own.Payment, p.Texts.Payment, head.Texts["payment"]),
		Validity: cmp.Or(own.Validity, head.Texts["validity"]), Duration: cmp.Or(own.Duration, head.Texts["duration"]),
		Excluded: cmp.Or(own.Excluded, head.Texts["excluded"]), Closing: cmp.Or(own.Closing, head.Texts["closing"]),
	}
	return p
}

// addressee is what the record of the recipient gives. Of a prospect, and of a client that is gone, there is the name.
func (s *Service) addressee(ctx context.Context, q Quote) (Paper, error) {
	p := Paper{Address: []string{q.Recipient.Name}, Small: []string{}}
	if q.Recipient.ClientID == "" {
		return p, nil
	}
	c, err := s.clients.Client(ctx, q.Recipient.ClientID)
	if fault.CodeOf(err) == fault.NotFound {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	contact := c.For("quotes")
	if len(c.Address) > 0 {
		p.Address = slices.Clone(c.Address)
		if contact.Name != "" && !slices.Contains(p.Address, contact.Name) {
			p.Address = slices.Insert(p.Address, 1, contact.Name)
		}
	}
	w := words.For(words.In(q.Language, ""))
	if c.VATNumber != "" {
		p.Small = append(p.Small, c.VATNumber)
	}
	p.Customer, p.Email, p.Sentence = c.Number, contact.Email, string(c.VAT.Sentence)
	p.Texts.Salutation = contact.Salutation
	if c.Terms.PaymentDays > 0 {
		p.Texts.Payment = w.T("quote_paper_days", "days", c.Terms.PaymentDays)
	}
	return p, nil
}

// SetPaper changes what stands on a draft around its lines. Requires access.WriteQuotes. Errors: Invalid; Conflict if it
// is no draft any more or was changed elsewhere.
func (s *Service) SetPaper(ctx context.Context, id string, version int, own Wording) error {
	if err := own.validate(); err != nil {
		return err
	}
	return s.step(ctx, id, version, Draft, func(tx *sqlite.Tx, q *Quote) error {
		q.Language = own.Language
		return writeOwn(ctx, tx, id, own)
	})
}

// Printed notes that a quote was put on paper: its number has left the program. Requires access.WriteQuotes.
func (s *Service) Printed(ctx context.Context, id string) error {
	return s.left(ctx, id, audit.Entry{Action: audit.DataExported, New: "print"})
}

// left writes into the journal that a quote has left the program, and spends its number.
func (s *Service) left(ctx context.Context, id string, entry audit.Entry) error {
	seen, err := s.enter(ctx)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		q, err := one(ctx, tx, seen, id)
		if err != nil {
			return err
		}
		if err := spend(ctx, tx, seen.actor.OrganizationID, q.Quote); err != nil {
			return err
		}
		return s.record(ctx, tx, q.Quote, entry)
	})
}

// mentions tells whether a text names a product or service.
func mentions(written, name string) bool {
	written, name = " "+text.Fold(written)+" ", text.Fold(name)
	return len(name) > 3 && strings.Contains(written, name)
}
