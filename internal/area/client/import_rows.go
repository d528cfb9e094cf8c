package client

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
)

// imported is a client of a file with the rows that it stands in.
type imported struct {
	New
	records  []input.Record
	refused  []*fault.Field // of each row; nil where it can be read
	from     []int          // the row of each product
	contacts []Contact
	unnamed  bool // the file says nothing of rights
}

// readClients puts the rows of a file together by their names, in their order, and leaves out what cannot be read.
func readClients(file *input.Reader, unnamed Unnamed, done *Imported) []imported {
	var order []*imported
	found := map[string][]*imported{}
	for r := range file.Records {
		if r.Fault != "" {
			done.Rejected = append(done.Rejected, r.Reject(fault.Field{Code: r.Fault}))
			continue
		}
		key := text.Fold(text.OneLine(r.Text("name")))
		row := readRow(r)
		i := slices.IndexFunc(found[key], func(n *imported) bool { return !n.another(row.details) })
		if i < 0 {
			n := &imported{}
			found[key], order = append(found[key], n), append(order, n)
			i = len(found[key]) - 1
		}
		found[key][i].add(r, row)
	}
	list := []imported{}
	for _, n := range order {
		if n.finish(unnamed) {
			list = append(list, *n)
		} else {
			n.leave(done)
		}
	}
	slices.SortFunc(done.Rejected, func(a, b input.Rejected) int { return a.Line - b.Line })
	return list
}

// row is one row of a file as it was read.
type row struct {
	details Details
	rights  Rights
	product Product
	named   bool // a product
	contact Contact
	reached bool // a contact
	err     error
}

// readRow reads a row by itself.
func readRow(r input.Record) row {
	var c fault.Check
	out := row{details: detailsOf(&c, r)}
	out.product, out.named = importedProduct(&c, r)
	var known bool
	if word := text.Fold(r.Text("access")); word != "" {
		if out.rights.Access, known = accessWords()[word]; !known {
			c.Refuse("access", "not_a_choice")
		}
	} else if out.named {
		out.rights.Access = Limited
	}
	if out.rights.Wallet, known = yesNo[text.Fold(r.Text("wallet"))]; !known {
		c.Refuse("wallet", "not_a_choice")
	}
	if out.rights.Access == Full {
		out.named = false // full access holds all products
	}
	out.contact, out.reached = contactOf(&c, r, out.details.Record.Country)
	out.err = c.Err()
	return out
}

// another tells whether a row speaks of another client of the same name.
func (n *imported) another(d Details) bool {
	unlike := func(a, b string) bool { return a != "" && b != "" && text.Fold(a) != text.Fold(b) }
	return len(n.records) > 0 && (unlike(n.Place, d.Place) || unlike(n.Number, d.Number) || unlike(n.Record.VATNumber, d.Record.VATNumber))
}

// add takes one more row of the client.
func (n *imported) add(r input.Record, of row) {
	var c fault.Check
	c.Merge("", of.err)
	switch {
	case len(n.records) == 0:
		n.Details, n.Rights = of.details, of.rights
	case !of.named && !of.reached || of.rights.Access != "" && of.rights.Access != n.Rights.Access && n.Rights.Access != "":
		c.Refuse("name", notTheSame)
	default:
		whole := of.details
		whole.over(n.Details) // the first row that says something is right
		whole.Name = n.Name
		n.Details = whole
		n.Rights.Access = cmp.Or(n.Rights.Access, of.rights.Access)
	}
	if of.named {
		n.Rights.Products, n.from = append(n.Rights.Products, of.product), append(n.from, len(n.records))
	}
	if of.reached {
		n.contacts = append(n.contacts, newContacts(n.contacts, []Contact{of.contact})...)
	}
	n.records = append(n.records, r)
	n.refuse(c.Err())
}

func (n *imported) refuse(err error) {
	var first *fault.Field
	if fields := fault.FieldsOf(err); len(fields) > 0 {
		first = &fields[0]
	}
	n.refused = append(n.refused, first)
}

// finish completes a client and tells whether it can be taken.
func (n *imported) finish(unnamed Unnamed) bool {
	if slices.ContainsFunc(n.refused, func(f *fault.Field) bool { return f != nil }) {
		return false
	}
	if n.Rights.Access == "" && unnamed == LeaveOut {
		n.refused[0] = &fault.Field{Name: "access", Code: "required"}
		return false
	}
	n.unnamed = n.Rights.Access == ""
	if n.unnamed && unnamed != OnlyList {
		n.Rights.Access, n.Rights.Wallet = Full, n.Rights.Wallet || unnamed == AskPayment
	}
	if len(n.contacts) > MaxContacts {
		n.refused[len(n.refused)-1] = &fault.Field{Name: "contact", Code: "too_many", Params: fault.Params{"max": strconv.Itoa(MaxContacts)}}
		return false
	}
	for _, f := range fault.FieldsOf(n.New.Validate()) {
		at, field := 0, f.Name
		if parts := strings.Split(f.Name, "."); len(parts) == 3 { // products.1.name
			of, _ := strconv.Atoi(parts[1])
			at, field = n.from[of], "product"
		} else if f.Name == "products" {
			field = "product"
		}
		if n.refused[at] == nil {
			n.refused[at] = &fault.Field{Name: field, Code: f.Code, Params: f.Params}
		}
	}
	return !slices.ContainsFunc(n.refused, func(f *fault.Field) bool { return f != nil })
}

// leave gives the rows back, each with its reason.
func (n *imported) leave(done *Imported) {
	for i, r := range n.records {
		reason := fault.Field{Name: "name", Code: anotherRow}
		if n.refused[i] != nil {
			reason = *n.refused[i]
		}
		done.Rejected = append(done.Rejected, r.Reject(reason))
	}
}

// importedProduct reads the product of a row, if it names one. Without a word on rights it is the technical one, as in
// the form.
func importedProduct(c *fault.Check, r input.Record) (p Product, named bool) {
	if r.Text("product") == "" && r.Text("family") == "" && r.Text("rights") == "" {
		return p, false
	}
	p.Name = input.Line(c, "product", r.Text("product"), MaxName, true)
	word := text.Fold(r.Text("family"))
	family, known := familyWords()[word]
	switch p.Family = family; {
	case word == "":
		c.Refuse("family", "required")
	case !known:
		c.Refuse("family", "not_a_choice")
	}
	for word := range strings.FieldsFuncSeq(text.Fold(r.Text("rights")), func(r rune) bool { return strings.ContainsRune(",;+/&", r) }) {
		switch rightWords()[strings.TrimSpace(word)] {
		case "technical":
			p.Technical = true
		case "statistics":
			p.Statistics = true
		default:
			c.Refuse("rights", "not_a_choice")
		}
	}
	if r.Text("rights") == "" {
		p.Technical = true
	}
	return p, true
}
