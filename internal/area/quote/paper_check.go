package quote

import (
	"context"
	"strconv"

	"kontor/internal/core/day"
	"kontor/internal/host/derivation"
)

// Check is one thing to look at before a paper goes out.
type Check struct {
	Code   string            `json:"code"` // logo, sender, tax, address, list, price, excluded, cost, mail
	Good   bool              `json:"good"`
	Params map[string]string `json:"params"`
	Route  string            `json:"route"` // where to mend it; "" is nowhere, or here
}

// checks look a quote through as it would go out on a day.
func (d document) checks(today day.Day) []Check {
	q, p := d.q, d.paper
	good := func(code string, is bool, route string) Check {
		if is {
			route = ""
		}
		return Check{Code: code, Good: is, Params: map[string]string{}, Route: route}
	}
	list := []Check{
		good("logo", len(p.Head.Logo) > 0, "/branding"),
		good("sender", p.Head.Address || q.State != Draft, "/organization"),
		good("tax", p.Head.Tax || q.State != Draft, "/organization/letterhead"),
		good("address", len(p.Address) > 1, ""),
	}
	if q.Recipient.ClientID != "" && len(p.Address) < 2 {
		list[3].Route = "/client/" + q.Recipient.ClientID
	}
	book := q.Basis.Book
	inForce := book.ValidFrom <= today && (book.ValidUntil == 0 || today <= book.ValidUntil)
	forced := good("list", inForce, "/quote/"+q.ID+"/edit")
	forced.Params["date"] = book.ValidFrom.String()
	list = append(list, forced, good("price", d.below() == 0, ""))
	if n := d.below(); n > 0 {
		list[len(list)-1].Params["n"] = d.person.Number(itoa(n))
	}
	_, contradicted := q.left()
	excluded := good("excluded", len(contradicted) == 0 && !d.excludesALine(), "")
	list = append(list, excluded)
	unknown := d.unknown()
	cost := good("cost", unknown == 0, "")
	cost.Params["n"] = itoa(unknown)
	return append(list, cost)
}

func itoa(n int) string { return strconv.Itoa(n) }

// below counts the lines that are sold for less than their floor.
func (d document) below() (n int) {
	for _, r := range d.q.Answer.Scenarios {
		for _, l := range r.Lines {
			if l.Below {
				n++
			}
		}
	}
	return n
}

// unknown counts the lines whose cost is not known, in the scenario that has the most of them.
func (d document) unknown() (n int) {
	if d.q.Basis.Rules < 2 {
		return 0
	}
	for _, r := range d.q.Answer.Scenarios {
		of := 0
		for _, g := range r.Groups {
			of += g.Unknown
		}
		n = max(n, of)
	}
	return n
}

// excludesALine tells whether the text of what is not included names a line that is.
func (d document) excludesALine() bool {
	written := d.fill(d.paper.Texts.Excluded)
	for _, l := range d.q.Basis.Lines {
		if l.Kind != Text && (mentions(written, l.Article.Name) || mentions(written, derivation.Product(d.Book, l.Article))) {
			return true
		}
	}
	return false
}

// PaperView is a paper with what is to be looked at before it goes out.
type PaperView struct {
	Data    string       `json:"data"` // the file itself, base64
	File    string       `json:"file"` // its name
	Kind    string       `json:"kind"` // pdf, internal
	Texts   Wording      `json:"texts"`
	Own     Wording      `json:"own"`
	Draft   bool         `json:"draft"`
	Checks  []Check      `json:"checks"`
	Letters []LetterView `json:"letters"`
	Mail    bool         `json:"mail"` // a server is set up
}

// Paper is a paper of a quote, as it goes out, or went out. Requires access.WriteQuotes.
func (s *Service) Paper(ctx context.Context, id, kind, locale string) (v PaperView, data []byte, err error) {
	if kind != fileInternal {
		kind = fileOffer
	}
	d, err := s.document(ctx, id, kind, locale)
	if err != nil {
		return v, nil, err
	}
	if data, err = d.pdf(); err != nil {
		return v, nil, err
	}
	k, err := readPaper(ctx, s.db.Reader(), id)
	if err != nil {
		return v, nil, err
	}
	k.own.Language = d.q.Language
	v = PaperView{File: d.file(), Kind: kind, Texts: d.paper.Texts, Own: k.own, Draft: d.q.State == Draft, Checks: d.checks(s.Today(ctx)), Letters: []LetterView{}}
	if v.Mail, err = s.post.IsSetUp(ctx, s.db.Reader()); err != nil {
		return v, nil, err
	}
	v.Letters, err = s.letters(ctx, s.db.Reader(), id)
	return v, data, err
}
