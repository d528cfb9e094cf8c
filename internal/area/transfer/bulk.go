package transfer

import (
	"strconv"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
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

// ReadList reads a list of domains and codes: text in columns or a workbook, with headings, by which the columns are found
// among others, or without, the name first and the code second. Bad rows are set aside one by one; only a list that is none
// at all is refused, at the field "list".
func ReadList(data []byte) ([]Row, error) { return readList(data, nil) }

// OutlineList looks at a list before it is read: what its columns mean.
func OutlineList(data []byte, m *input.Mapping) (input.Outline, error) {
	found, err := listRows(data)
	if err != nil {
		return input.Outline{}, err
	}
	return input.NewOutline(found, listSchema, m)
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

func readList(data []byte, m *input.Mapping) ([]Row, error) {
	var c fault.Check
	found, err := listRows(data)
	if err != nil {
		return nil, err
	}
	domain, code := 0, 1
	t, err := input.NewTable(found, listSchema)
	switch suggested := listSchema.Suggest(t); {
	case m != nil && err == nil:
		if err := listSchema.Check(*m, t); err != nil {
			return nil, err
		}
		found, domain, code = t.Rows, m.Columns["domain"], m.Columns["code"]
	case err == nil && listSchema.Check(suggested, t) == nil:
		found, domain, code = t.Rows, suggested.Columns["domain"], suggested.Columns["code"]
	default:
		t.Head = nil // there are none
	}
	rows, seen := []Row{}, map[string]int{}
	for _, f := range found {
		if len(rows) == MaxRows {
			c.Refuse("list", "too_many_rows", "max", strconv.Itoa(MaxRows))
			return nil, c.Err()
		}
		r := readRow(f, domain, code, max(2, len(t.Head)))
		if len(rows) == 0 && t.Head == nil && isTitle(r) {
			continue
		}
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
	width := len(f.Cells)
	for width > 2 && f.Cell(width-1).Text == "" {
		width--
	}
	r.Domain, r.Reason = Name(f.Cell(domain).Text)
	switch {
	case r.Reason == "required":
		r.Reason = "domain_missing"
	case r.Reason != "":
	case width > widest:
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
