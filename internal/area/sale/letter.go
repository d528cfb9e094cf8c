package sale

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Letter tells a client what changes for it with another list, in its language; one that is not known is that of its
// newest quote. What the partner earns is not in it.
type Letter struct {
	ClientID string
	Client   string
	Email    string // "" is not known
	Language string
	Subject  string
	Text     string
}

// Letters prepares one letter for each client (of clientID, or of all with "") for whom a list changes what it pays. Nothing is sent.
func (s *Service) Letters(ctx context.Context, bookID, clientID string) ([]Letter, error) {
	changes, err := s.Changes(ctx, bookID, clientID, 0)
	if err != nil {
		return nil, err
	}
	of := map[string][]Change{}
	order := []string{}
	for _, c := range changes.List {
		id := c.After.Sale.ClientID
		if id == "" || c.Before.Offer == c.After.Offer {
			continue // a prospect has no record; what only the partner pays is no news for the client
		}
		if of[id] == nil {
			order = append(order, id)
		}
		of[id] = append(of[id], c)
	}
	list := []Letter{}
	for _, id := range order {
		to, err := s.o.Readers.Reader(ctx, id)
		if fault.CodeOf(err) == fault.NotFound {
			to, err = Reader{}, nil
		}
		if err != nil {
			return nil, err
		}
		list = append(list, letter(id, of[id], to))
	}
	slices.SortStableFunc(list, func(a, b Letter) int { return cmp.Compare(a.Client, b.Client) })
	return list, nil
}

func letter(id string, changes []Change, to Reader) Letter {
	book := words.For(words.Parse(cmp.Or(to.Language, changes[0].After.Sale.Language, "en")))
	l := Letter{ClientID: id, Client: changes[0].After.Sale.Client, Email: to.Email, Language: book.Locale.Language}
	from := changes[0].After.ListFrom
	l.Subject = book.T("sale_letter_subject", "day", book.Day(from))
	var b strings.Builder
	b.WriteString(book.T("sale_letter_greeting", "name", cmp.Or(to.Name, l.Client)) + "\n\n")
	b.WriteString(book.T("sale_letter_begin", "day", book.Day(from)) + "\n\n")
	for _, c := range changes {
		key := "sale_letter_line"
		if c.After.Line.Months == 1 {
			key = "sale_letter_line_month"
		}
		b.WriteString(book.T(key, "quantity", c.After.Line.Quantity, "product", c.After.Line.title(book), "before", book.Money(c.Before.Offer),
			"after", book.Money(c.After.Offer), "months", c.After.Line.Months, "day", book.Day(c.After.On)) + "\n")
	}
	b.WriteString("\n" + book.T("sale_letter_vat") + "\n\n" + book.T("sale_letter_end") + "\n")
	l.Text = b.String()
	return l
}

// title is what a product is called: its own name, or that of its kind.
func (l Line) title(book *words.Book) string {
	if l.Kind == Discount {
		return book.T("sale_discount", "rate", book.Percent(l.Name))
	}
	if l.Name != "" {
		return l.Name
	}
	if name, known := book.Lookup("partner_product_" + l.Product); known {
		return name
	}
	return l.Product
}

// Written is a letter as the person wants it to go.
type Written struct {
	Client  string `json:"client"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

// Kept is a letter that was handed to the queue of e-mails.
type Kept struct {
	Written
	At time.Time
}

// LettersTo are the letters to a client that were handed to the queue, newest first.
func (s *Service) LettersTo(ctx context.Context, clientID string) ([]Kept, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	return keptLetters(ctx, s.o.DB.Reader(), actor.OrganizationID, clientID)
}

// Send hands a letter to the queue of e-mails, and keeps what was written.
func (s *Service) Send(ctx context.Context, in Written) error {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return err
	}
	var c fault.Check
	for field, text := range map[string]string{"to": in.To, "subject": in.Subject, "text": in.Text} {
		if strings.TrimSpace(text) == "" {
			c.Refuse(field, "required")
		}
	}
	if err := c.Err(); err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		if err := s.o.Post.Send(ctx, tx, actor.OrganizationID, in.To, in.Subject, in.Text); err != nil {
			return err
		}
		if err := keepLetter(ctx, tx, actor.OrganizationID, in); err != nil {
			return err
		}
		return s.o.Journal.Record(ctx, tx, audit.Entry{Action: audit.ItemChanged, Product: audit.Partner, ObjectName: in.To, New: in.Subject})
	})
}
