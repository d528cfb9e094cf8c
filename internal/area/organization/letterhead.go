package organization

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/numbering"
	"kontor/internal/core/vat"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Limits of a letterhead, in characters.
const (
	maxFooter   = 200
	maxStandard = 1500
)

// Sides of the envelope's window.
const (
	WindowLeft  = "left"
	WindowRight = "right"
)

// TextKind is which of the standard texts of a quote one is.
type TextKind string

// The kinds.
const (
	Introduction TextKind = "intro"
	Payment      TextKind = "payment"
	Validity     TextKind = "validity"
	Duration     TextKind = "duration"
	Excluded     TextKind = "excluded"
	Closing      TextKind = "closing"
)

// TextKinds are all, in the order in which they stand on a quote.
var TextKinds = []TextKind{Introduction, Payment, Validity, Duration, Excluded, Closing}

// Letterhead is what stands on every paper that an organization sends, besides its name and address.
type Letterhead struct {
	Version   int64  `json:"version"` // 0 as long as nobody has set one
	Extra     string `json:"extra"`   // a further line of the address
	Phone     string `json:"phone"`   // E.164
	Email     string `json:"email"`
	Web       string `json:"web"`
	TaxNumber string `json:"taxNumber"` // VAT or UID number as it shall stand there
	Bank      string `json:"bank"`
	IBAN      string `json:"iban"` // in groups of four
	Contact   string `json:"contact"`
	Footer    string `json:"footer"`  // a further line
	Window    string `json:"window"`  // left or right, as the envelope has it
	Accent    string `json:"accent"`  // of rules and titles, "#0b4d66"
	Pattern   string `json:"pattern"` // of the numbers of quotes, see core/numbering
	// Texts are the standard texts. One that is not there is the program's own.
	Texts []StandardText `json:"texts"`
}

// StandardText is a text that quotes in a language begin with, or have among their terms.
type StandardText struct {
	Language string   `json:"language"`
	Kind     TextKind `json:"kind"`
	Text     string   `json:"text"`
}

// accent is what rules and titles are drawn in as long as nobody sets another colour.
const accent = "#0b4d66"

func newLetterhead(o Organization) Letterhead {
	window := WindowLeft
	if o.Country == "CH" || o.Country == "LI" {
		window = WindowRight
	}
	tax := o.VATNumber
	return Letterhead{TaxNumber: tax, Window: window, Accent: accent, Pattern: numbering.Usual, Texts: []StandardText{}}
}

// Text is a standard text in a language: the organization's, else the program's own.
func (l Letterhead) Text(language string, kind TextKind) string {
	for _, t := range l.Texts {
		if t.Language == language && t.Kind == kind {
			return t.Text
		}
	}
	return ownText(language, kind)
}

// ownText is the program's own.
func ownText(language string, kind TextKind) string {
	return words.Of(words.For(words.In(language, "")), "quote_text_", kind)
}

var colour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// validate tidies the fields and refuses what cannot stand.
func (l *Letterhead) validate(country string) error {
	var c fault.Check
	for _, line := range []struct {
		field string
		to    *string
		most  int
	}{
		{"extra", &l.Extra, maxLine},
		{"web", &l.Web, maxLine},
		{"taxNumber", &l.TaxNumber, 40},
		{"bank", &l.Bank, maxLine},
		{"contact", &l.Contact, maxLine},
		{"footer", &l.Footer, maxFooter},
		{"pattern", &l.Pattern, numbering.MaxPattern},
	} {
		*line.to = input.Line(&c, line.field, *line.to, line.most, false)
	}
	switch number, refusal := vat.ParseNumber(l.TaxNumber, country); refusal {
	case "":
		l.TaxNumber = number
	case vat.WrongDigit: // anything else may be the number of another office
		input.Refuse(&c, "taxNumber", l.TaxNumber, &input.Refusal{Code: refusal})
	}
	l.Phone = input.Phone(&c, "phone", l.Phone, country)
	l.Email = input.Email(&c, "email", l.Email, false)
	if l.IBAN != "" {
		iban, refusal := input.ParseIBAN(l.IBAN)
		if refusal != nil {
			input.Refuse(&c, "iban", l.IBAN, refusal)
		} else {
			l.IBAN = iban.Reveal()
		}
	}
	if l.Window != WindowLeft && l.Window != WindowRight {
		c.Refuse("window", "not_a_choice")
	}
	if l.Accent = strings.ToLower(cmp.Or(l.Accent, accent)); !colour.MatchString(l.Accent) {
		c.Refuse("accent", "not_a_colour")
	}
	l.Pattern = cmp.Or(l.Pattern, numbering.Usual)
	if reason := numbering.Check(l.Pattern); reason != "" {
		c.Refuse("pattern", reason)
	}
	texts := []StandardText{}
	for i, t := range l.Texts {
		t.Text = input.LongText(&c, fmt.Sprintf("texts.%d", i), t.Text, maxStandard, false)
		known := slices.Contains(words.Languages, t.Language) && slices.Contains(TextKinds, t.Kind)
		if known && t.Text != "" && t.Text != ownText(t.Language, t.Kind) {
			texts = append(texts, t)
		}
	}
	slices.SortFunc(texts, func(a, b StandardText) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.Kind, b.Kind))
	})
	texts = slices.CompactFunc(texts, func(a, b StandardText) bool { return a.Language == b.Language && a.Kind == b.Kind })
	l.Texts = texts
	return c.Err()
}

// describe is the letterhead as the journal keeps it: what changed can be read there, the account number but for its end.
func (l Letterhead) describe() string {
	iban := l.IBAN
	if len(iban) > 4 {
		iban = "… " + iban[len(iban)-4:]
	}
	lines := []string{l.Extra, l.Phone, l.Email, l.Web, l.TaxNumber, l.Bank, iban, l.Contact, l.Footer, l.Window, l.Accent, l.Pattern}
	for _, t := range l.Texts {
		lines = append(lines, fmt.Sprintf("%s %s: %s", t.Language, t.Kind, t.Text))
	}
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// Letterhead is that of the organization that the window shows, with the organization.
func (s *Service) Letterhead(ctx context.Context) (Letterhead, Organization, error) {
	m, err := s.Current(ctx)
	if err != nil {
		return Letterhead{}, Organization{}, err
	}
	l, err := s.letterhead(ctx, s.db.Reader(), m.Organization)
	return l, m.Organization, err
}

func (s *Service) letterhead(ctx context.Context, q sqlite.Queryer, o Organization) (Letterhead, error) {
	l, err := readLetterhead(ctx, q, o.ID)
	if fault.CodeOf(err) == fault.NotFound {
		return newLetterhead(o), nil
	}
	return l, err
}

// NumberPattern is the pattern of an organization's quotes. It asks for no permission: whoever calls it has.
func (s *Service) NumberPattern(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error) {
	l, err := readLetterhead(ctx, q, organizationID)
	if fault.CodeOf(err) == fault.NotFound {
		return numbering.Usual, nil
	}
	return l.Pattern, err
}

// SetLetterhead changes the letterhead of the organization that the window shows.
// Errors: Forbidden; Invalid with fields; Conflict/fault.ChangedMeanwhile if it was changed elsewhere meanwhile.
func (s *Service) SetLetterhead(ctx context.Context, l Letterhead) (Letterhead, error) {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return Letterhead{}, err
	}
	return l, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		m, err := membership(ctx, tx, actor.AccountID, actor.OrganizationID)
		if err != nil {
			return err
		}
		old, err := s.letterhead(ctx, tx, m.Organization)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(old.Version, l.Version); err != nil {
			return err
		}
		if err := l.validate(m.Organization.Country); err != nil {
			return err
		}
		if l.Version > 0 && l.describe() == old.describe() && l.IBAN == old.IBAN {
			return nil
		}
		l.Version++
		if err := writeLetterhead(ctx, tx, m.Organization.ID, l); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Organization, ObjectID: m.Organization.ID, ObjectName: "letterhead",
			Old: old.describe(), New: l.describe(),
		})
	})
}

const letterheadColumns = "version, extra, phone, email, web, tax_number, bank, iban, contact, footer, window_side, accent, pattern"

func readLetterhead(ctx context.Context, q sqlite.Queryer, organizationID string) (Letterhead, error) {
	l, err := sqlite.One(ctx, q, func(r sqlite.Row) (l Letterhead, err error) {
		return l, r.Scan(&l.Version, &l.Extra, &l.Phone, &l.Email, &l.Web, &l.TaxNumber, &l.Bank, &l.IBAN, &l.Contact, &l.Footer, &l.Window, &l.Accent, &l.Pattern)
	}, "SELECT "+letterheadColumns+" FROM letterhead WHERE organization_id = ?", organizationID)
	if err != nil {
		return l, err
	}
	l.Texts, err = sqlite.All(ctx, q, func(r sqlite.Row) (t StandardText, err error) {
		return t, r.Scan(&t.Language, &t.Kind, &t.Text)
	}, "SELECT language, kind, text FROM letterhead_text WHERE organization_id = ? ORDER BY language, kind", organizationID)
	return l, err
}

func writeLetterhead(ctx context.Context, tx *sqlite.Tx, organizationID string, l Letterhead) error {
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO letterhead (organization_id, "+letterheadColumns+", updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		organizationID, l.Version, l.Extra, l.Phone, l.Email, l.Web, l.TaxNumber, l.Bank, l.IBAN, l.Contact, l.Footer, l.Window, l.Accent, l.Pattern, sqlite.Millis(tx.Now))
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM letterhead_text WHERE organization_id = ?", organizationID); err != nil {
		return err
	}
	for _, t := range l.Texts {
		if _, err := tx.ExecContext(ctx, "INSERT INTO letterhead_text (organization_id, language, kind, text) VALUES (?, ?, ?, ?)",
			organizationID, t.Language, t.Kind, t.Text); err != nil {
			return err
		}
	}
	return nil
}
