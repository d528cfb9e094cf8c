package quote

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/carlos7ags/folio/reader"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/sepa"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
)

// readCode paints the rectangles of the first page of a PDF and reads the QR code among them, with a library that has
// nothing to do with what drew it.
func readCode(t *testing.T, data []byte) string {
	t.Helper()
	pdf, err := reader.Parse(data)
	must(t, err)
	page, err := pdf.Page(0)
	must(t, err)
	ops, err := page.ContentOps()
	must(t, err)
	const scale = 4 // pixels of a point
	picture := image.NewGray(image.Rect(0, 0, 600*scale, 850*scale))
	draw.Draw(picture, picture.Bounds(), image.White, image.Point{}, draw.Src)
	for _, op := range ops {
		if op.Operator != "re" || len(op.Operands) != 4 {
			continue
		}
		at := [4]float64{}
		for i, o := range op.Operands {
			if at[i] = o.Real; o.IsInt {
				at[i] = float64(o.Int)
			}
		}
		x, y, w, h := at[0]*scale, at[1]*scale, at[2]*scale, at[3]*scale
		top := float64(850*scale) - y - h
		draw.Draw(picture, image.Rect(int(x+0.5), int(top+0.5), int(x+w+0.5), int(top+h+0.5)), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	must(t, err)
	read, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	must(t, err)
	return read.GetText()
}

// accepted is an accepted quote in a currency of which the partner invoices something, drawn from a seed on.
func accepted(t *testing.T, seed uint64, currency money.Currency) Quote {
	t.Helper()
	for ; ; seed++ {
		b := anyQuote(rand.New(rand.NewPCG(seed, 3))) //nolint:gosec // the same cases each time
		a, err := Compute(b)
		must(t, err)
		if b.Book.Currency != currency || len(a.Scenarios[0].Groups) == 0 || a.Scenarios[0].Groups[0].By != Partner || a.Scenarios[0].Groups[0].Total.Sign() == 0 {
			continue
		}
		return Quote{
			ID: "q", Year: 2026, Serial: 7, Revision: 1, Recipient: Recipient{Name: "Hôtel Trois Mélèzes, Ćwiek & 株式会社"}, Language: "de",
			State: Accepted, Accepted: 1, Basis: b, Answer: a, Created: time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC),
		}
	}
}

func TestACodeToPayByIsReadByAnotherReader(t *testing.T) {
	for seed := range uint64(5) {
		q := accepted(t, seed*1000, money.EUR)
		d := newDocument(q, "Muster GmbH", paperOf(q), filePayment, words.Parse("de-DE"), time.UTC)
		must(t, d.payable(Letterhead{Name: "Muster GmbH", IBAN: "DE33 1002 0500 0001 1947 00"}))
		var due money.Sums
		for _, g := range q.Answer.Scenarios[0].Groups {
			if g.By == Partner {
				due.Add(g.Total)
			}
		}
		amount, err := due.In(money.EUR)
		must(t, err)
		want := "BCD\n002\n1\nSCT\n\nMuster GmbH\nDE33100205000001194700\nEUR" + amount.Decimal() + "\n\n\n" + q.Number() + " " + q.Recipient.Name
		data, err := d.write()
		must(t, err)
		if got := readCode(t, data); got != want {
			t.Errorf("read %q, want %q", got, want)
		}
		if seed > 0 {
			continue
		}
		text := testkit.ReadPDF(t, data).Text()
		for _, says := range []string{"Zahlung zu Offerte", "DE33 1002 0500 0001 1947 00", strings.ReplaceAll(d.Money(amount), "\u00a0", " "), "Verwendungszweck"} {
			if !strings.Contains(text, says) {
				t.Errorf("%q is missing in\n%s", says, text)
			}
		}
		if name := d.file(); !strings.HasPrefix(name, "Zahlung-") {
			t.Errorf("the file is called %s", name)
		}
	}
}

func TestThereIsNoCodeToPayBy(t *testing.T) {
	q := accepted(t, 0, money.EUR)
	open := q
	open.State = Sent
	for want, of := range map[string]struct {
		q  Quote
		to Letterhead
	}{
		ReasonState:         {open, Letterhead{IBAN: "DE33 1002 0500 0001 1947 00"}},
		sepa.ReasonIBAN:     {q, Letterhead{}},
		sepa.ReasonCountry:  {q, Letterhead{IBAN: "CH93 0076 2011 6238 5295 7"}},
		sepa.ReasonCurrency: {accepted(t, 0, money.CHF), Letterhead{IBAN: "DE33 1002 0500 0001 1947 00"}},
	} {
		d := newDocument(of.q, "x", paperOf(of.q), filePayment, words.Parse("de-DE"), time.UTC)
		if err := d.payable(of.to); fault.ReasonOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
