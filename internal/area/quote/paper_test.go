package quote

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/numbering"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/derivation"
	"kontor/internal/host/sqlite"
)

// letterhead is a sender.
type letterhead struct{ pattern string }

func (l letterhead) Letterhead(_ context.Context, language string) (Letterhead, error) {
	w := words.For(words.In(language, ""))
	h := Letterhead{
		Name: "Studio Ponteri SA", Lines: []string{"Studio Ponteri SA · Via Esempio 12 · 6600 Locarno", "CHE-987.654.321"}, Sender: "Studio Ponteri SA, Via Esempio 12, 6600 Locarno",
		Footer: "Studio Ponteri SA · IBAN CH93 0076 2011 6238 5295 7", Accent: "#0b4d66", Contact: "Elena Bernasconi", Address: true, Tax: true, Texts: map[string]string{},
	}
	for _, kind := range []string{"intro", "payment", "validity", "duration", "excluded", "closing"} {
		h.Texts[kind] = w.T("quote_text_" + kind)
	}
	return h, nil
}

func (l letterhead) NumberPattern(context.Context, sqlite.Queryer, string) (string, error) {
	if l.pattern == "" {
		return numbering.Usual, nil
	}
	return l.pattern, nil
}

// postbox is a queue of e-mails that a test empties.
type postbox struct {
	set     bool
	letters []Mail
	files   []string
	states  map[string]string
	opened  []string
}

func (p *postbox) Send(_ context.Context, _ *sqlite.Tx, _ string, m Mail, name string, file []byte) (string, error) {
	if !p.set {
		return "", fault.New(fault.Conflict, "mail_not_set_up")
	}
	id := fmt.Sprint("mail-", len(p.letters))
	p.letters, p.files = append(p.letters, m), append(p.files, name)
	if p.states == nil {
		p.states = map[string]string{}
	}
	p.states[id] = "waiting"
	if !strings.HasPrefix(string(file), "%PDF-") {
		return "", fault.New(fault.Invalid, "")
	}
	return id, nil
}

func (p *postbox) IsSetUp(context.Context, sqlite.Queryer) (bool, error) { return p.set, nil }

func (p *postbox) State(_ context.Context, _ sqlite.Queryer, id string) (string, error) {
	return p.states[id], nil
}

func (p *postbox) OpenURL(address string) error { p.opened = append(p.opened, address); return nil }

func paperOf(q Quote) Paper {
	head, _ := letterhead{}.Letterhead(context.Background(), q.Language)
	p := Paper{Address: []string{q.Recipient.Name, "Frau Seraina Muster", "Musterweg 4", "7000 Chur"}, Small: []string{"CHE-123.456.789"}, Customer: "884120"}
	return p.with(head, Wording{Subject: "Umzug und laufender Betrieb"}, q)
}

// full is a quote by today's rules with everything that can stand on one: listed and own lines, once, by the month and by
// the year, a discount that is shown and one that is not, two rates of VAT, lines of text, and n further lines.
func full(t *testing.T, language string, scenarios, n int) Quote {
	t.Helper()
	price := func(text string) *money.Price {
		p, err := money.ParsePrice(text, money.CHF)
		must(t, err)
		return &p
	}
	rate := func(text string) money.Rate {
		r, err := money.ParseRate(text)
		must(t, err)
		return r
	}
	own := func(name string, months int, unit Unit, of, cost string) Line {
		l := Line{Kind: Own, Article: pricing.Line{Name: name, Category: pricing.Work, Origin: pricing.Own}, Months: months, Operation: pricing.Order, Unit: unit, Price: price(of), Class: pricing.NormalVAT}
		if cost != "" {
			l.Cost = price(cost)
		}
		return l
	}
	b := Basis{
		Rules: pricing.RulesVersion, Base: pricing.AfterDegressive, Ceiling: money.Percent(35),
		VAT:      VAT{Kind: pricing.SwissVAT, Rate: rate("8.1"), Rates: map[pricing.VATClass]money.Rate{pricing.ReducedVAT: rate("2.6")}},
		Book:     Book{ID: "b", Currency: money.CHF, ValidFrom: day.Date(2026, 8, 26)},
		Schedule: pricing.Schedule{Mode: pricing.Volume, Tiers: []pricing.Tier{{From: 30, Percent: money.Percent(25)}}},
		Lines: []Line{
			own("Umzug der Websites", Once, PerHour, "120", ""), own("Handbuch, gedruckt", Once, PerPiece, "24", "15"),
			{Kind: Listed, Article: pricing.Line{Product: "web_hosting", Price: *price("9.92"), Per: pricing.PerMonth, Degressive: true}, Months: 1, Operation: pricing.Order, Managed: true, Class: pricing.NormalVAT},
			own("Betreuung", 12, PerYear, "1140", ""),
			{Kind: Text, Description: "Die Umschaltung geschieht an einem Sonntag."},
		},
	}
	b.Lines[0].Description = "35 Websites samt Datenbanken, Test vor der Umschaltung"
	b.Lines[0].Discount = &Discount{Rate: money.Percent(10), Shown: true}
	b.Lines[2].Discount = &Discount{Rate: money.Percent(5)}
	b.Lines[1].Class = pricing.ReducedVAT
	for i := range n {
		b.Lines = append(b.Lines, own(fmt.Sprintf("Leistung %d für die Gäste der Halbpension, mit allem, was dazugehört", i), []int{Once, 1, 12}[i%3], PerDay, "1234.5", "1000"))
	}
	items := make([]Item, len(b.Lines))
	for i := range items {
		items[i] = Item{Quantity: int64(1 + i%3)}
	}
	items[0], items[2] = Item{Quantity: 2, Milli: 500}, Item{Quantity: 35}
	for i := range scenarios {
		s := Scenario{Access: pricing.FullAccess, Means: pricing.Partner, Orders: pricing.Partner, Rate: money.Percent(20), Resale: AtList, Items: items}
		if i == 1 {
			s.Name, s.Means = "Direkt bei Infomaniak", pricing.Client
		}
		b.Scenarios = append(b.Scenarios, s)
	}
	must(t, b.Validate())
	a, err := Compute(b)
	must(t, err)
	made := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	return Quote{
		ID: "q", Year: 2026, Serial: 7, Revision: 1, Recipient: Recipient{Name: "Hotel Tre Larici AG"}, Language: language, State: Draft,
		ValidUntil: day.Date(2026, 12, 28), Exclusions: []Exclusion{WithoutDomains, WithoutVAT, WithoutMigration}, Note: "Eine Bemerkung.", Basis: b, Answer: a, Created: made,
	}
}

func paperIn(t *testing.T, q Quote, format string) (document, testkit.PDFText) {
	t.Helper()
	d := newDocument(q, "Studio Ponteri SA", paperOf(q), format, words.In(q.Language, ""), time.UTC)
	data, err := d.write()
	must(t, err)
	if dir := os.Getenv("KONTOR_LOOK"); dir != "" { // to look at it
		must(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("quote-%s-%s-%d-%d.pdf", q.Language, format, len(q.Basis.Scenarios), len(q.Basis.Lines))), data, 0o600))
	}
	return d, testkit.ReadPDF(t, data)
}

func spaced(text string) string { return testkit.Spaces(strings.ReplaceAll(text, "−", "–")) }

// Every row stands below its heads, and every figure is the quote's, on the page itself, in every language, with one
// scenario and with two, with few lines and with many.
func TestAPaperIsReadAsItStandsInTheQuote(t *testing.T) {
	for _, language := range Languages {
		for _, shape := range [][2]int{{1, 0}, {2, 0}, {1, 55}} {
			q := full(t, language, shape[0], shape[1])
			d, paper := paperIn(t, q, fileOffer)
			heads := []string{d.T("quote_paper_item"), d.T("partner_quantity"), d.T("quote_paper_price"), d.T("quote_paper_discount"), "CHF"}
			want := []map[string]string{}
			for i, r := range q.Answer.Scenarios {
				want = append(want, rowsOf(d, heads, i, r)...)
			}
			if diff := cmp.Diff(want, paper.Rows(heads...)); diff != "" {
				t.Errorf("%s, %v: %s", language, shape, diff)
			}
			summed(t, d, paper)
			said(t, d, paper)
		}
	}
}

// rowsOf are the rows that a scenario must have on paper, worked out from the quote alone.
func rowsOf(d document, heads []string, i int, r Result) (rows []map[string]string) {
	full := func(cells ...string) {
		row := map[string]string{}
		for j, text := range cells {
			if text = spaced(text); text != "" {
				row[heads[j]] = text
			}
		}
		rows = append(rows, row)
	}
	for _, g := range r.Groups {
		full(capital(d.period(g)))
		for _, j := range g.Lines {
			l, item, line := d.q.Basis.Lines[j], d.q.Basis.Scenarios[i].Items[j], r.Lines[j]
			price, discount := d.Number(line.Each), ""
			if l.Discount != nil && l.Discount.Shown {
				discount = "– " + d.Percent(l.Discount.Rate.String())
			} else if l.Discount != nil {
				price = d.Number("9.424")  // 9.92 less 5 %, and 35 times that is what stands there
				if line.By == Infomaniak { // of whose price the partner takes nothing
					price = d.Number("7.44")
				}
			}
			full(d.product(l)+" "+l.Description, d.quantity(l, item), price, discount, d.Number(line.Offer.Decimal()))
		}
		full(d.T("quote_paper_subtotal", "period", d.period(g)), "", "", "", d.Number(g.Net.Decimal()))
	}
	full(d.T("quote_paper_remarks"))
	full("Die Umschaltung geschieht an einem Sonntag.")
	return rows
}

// summed holds the table of parts, with VAT by rate, against the quote; nothing else adds parts up but the first year.
func summed(t *testing.T, d document, paper testkit.PDFText) {
	t.Helper()
	lines := paper.Lines()
	for _, r := range d.q.Answer.Scenarios {
		rates := ratesOf(r.Groups)
		heads := []string{d.T("quote_paper_net")}
		for _, rate := range rates {
			heads = append(heads, spaced(d.T("partner_vat")+" "+d.Percent(rate)))
		}
		heads = append(heads, d.T("quote_total")+" CHF")
		at := slices.IndexFunc(lines, func(l testkit.PDFLine) bool { return l.Text() == strings.Join(heads, " ") })
		if at < 0 {
			t.Fatalf("%s: no summary with %v:\n%s", d.Language, heads, paper.Text())
		}
		for i, g := range r.Groups {
			want := capital(d.period(g)) + " " + d.Number(g.Net.Decimal())
			for _, rate := range rates {
				cell := "–"
				for _, v := range g.VAT {
					if v.Rate.String() == rate {
						cell = d.Number(v.VAT.Decimal())
					}
				}
				want += " " + cell
			}
			if got := lines[at+1+i].Text(); got != spaced(want+" "+d.Number(g.Total.Decimal())) {
				t.Errorf("%s: %q, want %q", d.Language, got, want)
			}
		}
		lines = lines[at+1:]
		for _, f := range r.First {
			if !strings.Contains(paper.Text(), spaced(d.Money(f.Total))) {
				t.Errorf("%s: the first twelve months, %s, are not there", d.Language, f.Total)
			}
		}
	}
}

// said looks for everything else that a paper says, and for what it must not say.
func said(t *testing.T, d document, paper testkit.PDFText) {
	t.Helper()
	text := paper.Text()
	for _, want := range []string{
		"Studio Ponteri SA, Via Esempio 12, 6600 Locarno", "Frau Seraina Muster", "7000 Chur", "CHE-123.456.789", "884120", d.q.Number(), d.Day(d.made()), d.Day(d.q.ValidUntil),
		"Elena Bernasconi", "Umzug und laufender Betrieb", d.T("quote_paper_salutation"), d.T("quote_text_payment"), d.fill(d.T("quote_text_validity")), d.T("quote_without_domains"),
		d.T("quote_paper_accept"), d.T("quote_paper_accept_signature"), "Eine Bemerkung.",
	} {
		if !strings.Contains(text, spaced(want)) {
			t.Errorf("%s: %q is not on the paper:\n%s", d.Language, want, text)
		}
	}
	for i, r := range d.q.Answer.Scenarios {
		for j, l := range r.Lines {
			if l.Cost.Currency() != "" && l.Cost.Sign() > 0 && l.Cost != l.Offer && strings.Contains(" "+text+" ", " "+spaced(d.Number(l.Cost.Decimal()))+" ") && !figure(d, l.Cost) {
				t.Errorf("%s: the cost of line %d in scenario %d, %s, is on the paper", d.Language, j, i, l.Cost)
			}
		}
	}
	for _, never := range []string{d.T("quote_internal"), "quote_", "partner_", "{"} {
		if strings.Contains(text, spaced(never)) {
			t.Errorf("%s: %q is on the paper", d.Language, never)
		}
	}
	if kept, contradicted := d.q.left(); len(contradicted) != 2 || len(kept) != 1 {
		t.Errorf("named as not included: %v, left out because they are quoted: %v", kept, contradicted)
	}
	if strings.Contains(text, d.T("quote_without")+" "+d.T("quote_without_vat")) {
		t.Errorf("%s: VAT is added and named as not included", d.Language)
	}
}

// figure tells whether an amount is by chance one that the client pays.
func figure(d document, a money.Amount) bool {
	for _, r := range d.q.Answer.Scenarios {
		for _, g := range r.Groups {
			if g.Net == a || g.Total == a {
				return true
			}
		}
		for _, l := range r.Lines {
			if l.Offer == a || l.Each == a.Decimal() {
				return true
			}
		}
	}
	return false
}

// The internal paper has cost, margin and every step, each below its head, and says on each page that it is internal.
func TestTheInternalPaperIsReadAsItStandsInTheQuote(t *testing.T) {
	for _, language := range Languages {
		q := full(t, language, 2, 0)
		d, paper := paperIn(t, q, fileInternal)
		heads := []string{d.T("partner_product"), d.T("quote_offer"), d.T("quote_charged_short"), d.T("quote_you_keep"), d.T("quote_of_sale"), d.T("partner_col_rests")}
		rows := paper.Rows(heads...)
		for _, r := range q.Answer.Scenarios {
			for j, line := range r.Lines {
				l := q.Basis.Lines[j]
				if l.Kind == Text {
					continue
				}
				at := slices.IndexFunc(rows, func(row map[string]string) bool {
					return strings.HasPrefix(row[heads[0]], d.product(l)) && row[heads[1]] == spaced(d.Number(line.Offer.Decimal())) && row[heads[3]] == spaced(kept2(d, line))
				})
				if at < 0 {
					t.Errorf("%s: line %d, %s, is not there as it is: %v", language, j, d.product(l), rows)
				}
			}
		}
		steps := paper.Rows(d.T("partner_col_step"), d.T("partner_col_calculation"), "CHF", d.T("partner_col_rests"))
		want := []map[string]string{}
		for _, r := range q.Answer.Scenarios {
			for j, line := range r.Lines {
				for _, s := range line.Steps {
					if q.Basis.Lines[j].Kind == Text {
						continue
					}
					row := map[string]string{d.T("partner_col_step"): spaced(derivation.Name(d.Book, s)), "CHF": spaced(d.Number(s.Rounded.Decimal()))}
					if text := spaced(derivation.Calculation(d.Book, s)); text != "" {
						row[d.T("partner_col_calculation")] = text
					}
					if ids := derivation.RuleIDs(s); ids != "" {
						row[d.T("partner_col_rests")] = ids
					}
					want = append(want, row)
				}
			}
		}
		if diff := cmp.Diff(want, steps); diff != "" {
			t.Errorf("%s: %s", language, diff)
		}
		if n := strings.Count(paper.Text(), d.T("quote_internal")); n < 2*paper.Pages {
			t.Errorf("%s: %d pages, marked %d times", language, paper.Pages, n)
		}
	}
}

func kept2(d document, r LineResult) string {
	if r.By != Infomaniak && r.Cost.Currency() == "" {
		return "–"
	}
	return d.Number(derivation.Figure(r.Earned))
}

// A quote by the first rules still has a paper.
func TestAnOldQuoteHasAPaper(t *testing.T) {
	q := example(t, "de")
	d, paper := paperIn(t, q, fileOffer)
	for _, want := range []string{d.Money(q.Answer.Scenarios[0].Total), d.Money(q.Answer.Scenarios[0].Start.Offer), "Ōsaka"} {
		if !strings.Contains(paper.Text(), spaced(want)) {
			t.Errorf("%q is not on the paper: %s", want, paper.Text())
		}
	}
}
