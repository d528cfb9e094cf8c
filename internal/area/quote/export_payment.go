package quote

import (
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/sepa"
	"kontor/internal/host/letter"
)

// payable puts into the document what its recipient is asked to pay to an account: what an accepted quote comes to at its
// beginning, which is what is due once and the first period of the rest, with VAT, as far as the partner invoices it. Errors:
// Conflict quote_state unless it is accepted; Invalid with a reason of sepa where there can be no code.
func (d *document) payable(to Letterhead) error {
	if d.q.State != Accepted {
		return fault.New(fault.Conflict, ReasonState)
	}
	var due money.Sums
	for _, g := range d.q.Answer.Scenarios[d.q.Accepted-1].Groups {
		if g.By == Partner {
			due.Add(g.Total)
		}
	}
	amount, err := due.In(d.q.Basis.Book.Currency)
	if err != nil {
		return err
	}
	d.paid = sepa.Transfer{Name: to.Name, IBAN: to.IBAN, Amount: amount, Text: d.q.Number() + " " + d.q.Recipient.Name}
	d.code, err = d.paid.Code()
	return err
}

// payment is a page with the code that a bank's program fills a transfer in with (EPC069-12), and what it says in words.
func (d document) payment() letter.Letter {
	l := d.letter()
	number := d.q.Number()
	l.Title, l.Subject, l.Opening = d.T("quote_payment_title", "number", number), "", []string{d.T("quote_payment_text")}
	l.Facts = [][2]string{{d.T("quote_number"), number}, {d.T("quote_paper_date"), d.Day(d.made())}}
	l.Offers, l.Terms, l.Closing, l.Accept = nil, letter.Terms{}, nil, letter.Accept{}
	l.Code = letter.Code{Text: d.code, Says: [][2]string{
		{d.T("quote_payment_payee"), d.paid.Name}, {"IBAN", d.paid.IBAN}, {d.T("quote_payment_amount"), d.Money(d.paid.Amount)}, {d.T("quote_payment_for"), d.paid.Text},
	}}
	return l
}
