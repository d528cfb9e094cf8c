package transfer

import (
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// Row is one line of a bulk list.
type Row struct {
	Line   int    // in the file, from 1
	Typed  string // the name as it was written
	Domain string // in ASCII; "" if it is none
	Code   string
	Reason string // why the row is set aside; "" for one that is good
	First  int    // for a duplicate: the line that has the name first
}

// Good tells whether the row can become a request.
func (r Row) Good() bool { return r.Reason == "" }

// listLimits are what a bulk list may bring.
var listLimits = input.Limits{Bytes: MaxList, Rows: MaxRows + 1, Columns: 50, Cell: 1024}

// listSchema are the columns of a bulk list that has headings.
var listSchema = input.Schema{
	{Name: "domain", Required: true, Titles: []string{"domain", "domain name", "domainname", "domaine", "nom de domaine", "dominio", "nome a dominio", "nombre de dominio"}},
	{Name: "code", Required: true, Titles: []string{
		"code", "auth code", "auth-code", "authcode", "auth info", "authinfo", "epp", "epp code", "epp-code", "codice", "codice auth", "authinfo-code", "codigo",
		"code auth", "code de transfert", "transfer code", "transfercode", "authorization code", "autorisierungscode", "codice di autorizzazione",
		"code d'autorisation", "codigo de autorizacion",
	}},
}

// OutlineList looks at a list before it is read: what its columns mean. Cells that may be codes are not shown.
func OutlineList(data []byte, m *input.Mapping) (input.Outline, error) {
	found, err := listRows(data)
	if err != nil {
		return input.Outline{}, err
	}
	t, suggested := listTable(found)
	if len(t.Rows) == 0 {
		var c fault.Check
		c.Refuse("list", "required")
		return input.Outline{}, c.Err()
	}
	if m == nil {
		m = &suggested
	}
	o := t.Outline(listSchema, *m)
	code, known := o.Mapping.Columns["code"]
	domain, named := o.Mapping.Columns["domain"]
	for _, row := range o.Sample {
		for i := range row {
			if row[i] != "" && (i == code && known || !known && !(named && i == domain)) {
				row[i] = hidden
			}
		}
	}
	return o, nil
}

// hidden stands for a code where a list is shown.
const hidden = "••••••"

// listTable finds the headings of a list and what its columns are taken for. Without a known heading the name comes first
// and the code second; a first row that begins with a name is no heading then, and the columns have none.
func listTable(found []input.Row) (input.Table, input.Mapping) {
	if t, err := input.NewTable(found, listSchema); err == nil {
		if m := listSchema.Suggest(t); len(m.Columns) > 0 {
			return t, m
		}
	}
	t := input.Table{Head: make([]string, usualWidth(found)), Rows: found}
	if len(found) > 0 && isTitle(readRow(found[0], 0, 1, len(t.Head))) {
		for i := range t.Head {
			t.Head[i] = text.OneLine(found[0].Cell(i).Text)
		}
		t.Line, t.Rows = found[0].Line, found[1:]
	}
	return t, input.Mapping{Columns: map[string]int{"domain": 0, "code": 1}}
}

// usualWidth is how wide most rows are, at least two: of two widths that are as common the narrower, because a separator
// may stand in a code.
func usualWidth(found []input.Row) int {
	counts, usual := map[int]int{}, 2
	for _, f := range found {
		counts[max(2, width(f))]++
	}
	for w, n := range counts {
		if n > counts[usual] || n == counts[usual] && w < usual {
			usual = w
		}
	}
	return usual
}

// width is how many cells a row has, without empty ones behind the last.
func width(f input.Row) int {
	n := len(f.Cells)
	for n > 0 && f.Cell(n-1).Text == "" {
		n--
	}
	return n
}

// rejects are the rows of a list that were set aside, as they stand there, under the headings that the list has or, where
// it has none, those by which it can be read again.
func rejects(data []byte, m *input.Mapping, rows []Row, b *words.Book) (bridge.Rejects, error) {
	found, err := listRows(data)
	if err != nil {
		return bridge.Rejects{}, err
	}
	t, suggested := listTable(found)
	if m == nil {
		m = &suggested
	}
	if !slices.ContainsFunc(t.Head, func(h string) bool { return h != "" }) {
		t.Head[m.Columns["domain"]], t.Head[m.Columns["code"]] = b.T("transfer_domain"), b.T("transfer_code")
	}
	aside := map[int]Row{}
	for _, r := range rows {
		if !r.Good() {
			aside[r.Line] = r
		}
	}
	list := []input.Rejected{}
	for _, f := range found {
		if _, is := aside[f.Line]; is {
			list = append(list, f.Reject(fault.Field{Name: "list"}))
		}
	}
	return bridge.Rejects{Table: t, Rows: list, Reason: func(b *words.Book, r input.Rejected) string {
		row := aside[r.Line]
		reason, _ := b.Lookup("transfer_r_"+row.Reason, "first", row.First)
		return reason
	}}, nil
}

func listRows(data []byte) ([]input.Row, error) {
	var c fault.Check
	found, err := export.Read(data, listLimits)
	switch {
	case fault.ReasonOf(err) == input.FileTooLarge:
		c.Refuse("list", "file_too_large", "max", strconv.Itoa(MaxList>>10))
	case fault.ReasonOf(err) == input.FileTooMany:
		c.Refuse("list", "too_many_rows", "max", strconv.Itoa(MaxRows))
	case err != nil:
		c.Refuse("list", "not_text")
	case len(found) == 0:
		c.Refuse("list", "required")
	}
	return found, c.Err()
}

// readList reads a list of domains and codes: text in columns or a workbook, with headings, by which the columns are found
// among others, or without, the name first and the code second. Bad rows are set aside one by one; only a list that is none
// at all is refused, at the field "list".
func readList(data []byte, m *input.Mapping) ([]Row, error) {
	var c fault.Check
	found, err := listRows(data)
	if err != nil {
		return nil, err
	}
	t, suggested := listTable(found)
	if m == nil {
		m = &suggested
	}
	if err := listSchema.Check(*m, t); err != nil {
		return nil, err
	}
	domain, code := m.Columns["domain"], m.Columns["code"]
	rows, seen := []Row{}, map[string]int{}
	for _, f := range t.Rows {
		if len(rows) == MaxRows {
			c.Refuse("list", "too_many_rows", "max", strconv.Itoa(MaxRows))
			return nil, c.Err()
		}
		r := readRow(f, domain, code, len(t.Head))
		if r.Domain != "" {
			if first, twice := seen[r.Domain]; twice {
				r.Reason, r.First = "duplicate", first
			} else {
				seen[r.Domain] = r.Line
			}
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		c.Refuse("list", "required")
	}
	return rows, c.Err()
}

// readRow reads one line. One with more columns than the others is not guessed at: a separator may stand in its code.
func readRow(f input.Row, domain, code, widest int) Row {
	r := Row{Line: f.Line, Typed: clip(f.Cell(domain).Text)}
	if f.Fault != "" {
		r.Typed, r.Reason = clip(f.Raw), f.Fault
		if f.Fault == "too_long" {
			r.Typed, r.Reason = r.Typed[:0], "code_too_long"
		}
		return r
	}
	r.Domain, r.Reason = Name(f.Cell(domain).Text)
	switch {
	case r.Reason == "required":
		r.Reason = "domain_missing"
	case r.Reason != "":
	case width(f) > max(2, widest):
		r.Reason = "too_many_columns"
	case f.Cell(code).Text == "":
		r.Reason = "code_missing"
	default:
		r.Code = text.Bare(f.Cell(code).Text)
		if reason := input.CodeRefusal(r.Code, MaxCode); reason != "" {
			r.Code, r.Reason = "", "code_"+strings.TrimPrefix(reason, "code_")
		}
	}
	return r
}

// isTitle tells whether a first row is a heading: no domain, and not even a name with a dot in it.
func isTitle(r Row) bool {
	return r.Domain == "" && r.Reason == "not_a_domain" && !strings.Contains(r.Typed, ".")
}

// clip keeps a wrong cell showable.
func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}
