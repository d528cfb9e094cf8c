package client

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// ImportLimits are what a file of clients may bring.
var ImportLimits = input.Limits{Bytes: 4 << 20, Rows: 10_000, Columns: 100, Cell: 4096}

// Reasons for which a row is left out, besides those of its fields.
const (
	anotherRow = "other_row"  // another row of the same client cannot be read
	notTheSame = "not_unique" // two clients may not have one name
)

// ImportOptions say how a file of clients is read.
type ImportOptions struct {
	Mapping *input.Mapping // nil: as the headings suggest
	Unnamed Unnamed        // what is asked where the file names no access
	Replace []string       // clients that are kept and shall be asked for what the file says instead
	Preview bool           // change nothing, and tell what would be done
}

// Unnamed is what is asked of a client of which the file says neither which access nor which products.
type Unnamed string

// The choices. Nothing is asked by default: the row is left out.
const (
	LeaveOut   Unnamed = ""
	AskFull    Unnamed = "full"
	AskPayment Unnamed = "full_wallet" // full access with the client's payment means
)

// Imported is what an import did.
type Imported struct {
	Added    int
	Replaced int
	Doubles  []Double         // clients of the file that are kept already
	Rejected []input.Rejected // rows that were left out
	First    []New            // the first clients that were added, as they were read
	Table    input.Table
}

// Double is a client of a file whose name a client under management has.
type Double struct {
	Line     int // where it begins in the file
	ID       string
	Existing Details
	File     New
}

// importColumns finds a column by its heading: as the window and the export call it in any language, or as others do.
var importColumns = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{
		"name": "client_name", "place": "client_place", "number": "client_number", "access": "client_asked", "wallet": "client_wallet",
		"product": "client_product", "family": "client_column_family", "rights": "client_import_rights",
	}, map[string][]string{
		"name":   {"Name", "Client", "Cliente", "Kunde", "Nom", "Nome", "Nombre", "Company", "Firma", "Société", "Azienda", "Empresa"},
		"place":  {"City", "Town", "Stadt", "Ort", "Ville", "Città", "Ciudad"},
		"access": {"Access", "Accesso", "Acceso", "Accès", "Zugang", "Zugriff"},
		"number": {"Number", "Nummer", "Numero", "Numéro"},
	})
})

var importSchema = sync.OnceValue(func() input.Schema {
	return input.Schema{
		{Name: "name", Required: true},
		{Name: "place"},
		{Name: "number"},
		{Name: "access"},
		{Name: "wallet"},
		{Name: "product"},
		{Name: "family"},
		{Name: "rights"},
	}.Titled(importColumns())
})

// importExample is a file that Import takes as it stands: a client under full access, one under limited access to two products.
func importExample(b *words.Book) [][]string {
	full, limited := words.Of(b, "client_access_", Full), words.Of(b, "client_access_", Limited)
	return [][]string{
		{
			b.T("client_name"), b.T("client_place"), b.T("client_number"), b.T("client_asked"), b.T("client_wallet"),
			b.T("client_product"), b.T("client_column_family"), b.T("client_import_rights"),
		},
		{"Hotel Tre Larici", "Chur", "20655", full, "x", "", "", ""},
		{"Studio Ponteri SA", "Lugano", "", limited, "", "studio-ponteri.ch", b.T("client_family_domain"), b.T("client_right_both")},
		{"Studio Ponteri SA", "Lugano", "", limited, "", "Mail", b.T("client_family_email_hosting"), b.T("client_right_technical")},
	}
}

// The words of cells, in any language.
var (
	accessWords = sync.OnceValue(func() map[string]Access {
		return words.Names(map[Access]string{Limited: "client_access_limited", Full: "client_access_full"}, map[Access][]string{
			Limited: {"limited", "limitato", "limitado", "limité", "eingeschränkt", "beschränkt"},
			Full:    {"full", "completo", "total", "complet", "voll", "vollständig"},
		})
	})
	familyWords = sync.OnceValue(func() map[string]string {
		keys, ids := map[string]string{}, map[string][]string{}
		for _, f := range Families {
			keys[f], ids[f] = "client_family_"+f, []string{f}
		}
		return words.Names(keys, ids)
	})
	rightWords = sync.OnceValue(func() map[string]string {
		return words.Names(map[string]string{"technical": "client_right_technical", "statistics": "client_right_statistics"},
			map[string][]string{"technical": {"technical"}, "statistics": {"statistics"}})
	})
)

var yesNo = map[string]bool{
	"": false, "no": false, "non": false, "nein": false, "0": false, "false": false,
	"yes": true, "si": true, "oui": true, "ja": true, "1": true, "x": true, "true": true,
}

// OutlineImport looks at a file of clients before it is imported: what its columns mean. Requires access.AddClient.
func (s *Service) OutlineImport(ctx context.Context, data []byte, m *input.Mapping) (input.Outline, error) {
	if _, err := access.Require(ctx, access.AddClient); err != nil {
		return input.Outline{}, err
	}
	rows, err := export.Read(data, ImportLimits)
	if err != nil {
		return input.Outline{}, err
	}
	return input.NewOutline(rows, importSchema(), m)
}

// Import records that the clients of a file (text or a workbook, see export.Read) are asked for access: a row for each, or
// one for each product under limited access, the name in all of them. A client comes in whole or not at all: where one of
// its rows cannot be read, all of them are left out. One whose name a client under management has is left alone, unless
// the person chose it; then what is asked of it is replaced, and its place and number are where the file has them.
// Requires access.AddClient.
// Errors: Invalid, see input.Open; Invalid unnamed:not_a_choice.
func (s *Service) Import(ctx context.Context, data []byte, o ImportOptions) (Imported, error) {
	actor, err := access.Require(ctx, access.AddClient)
	if err != nil {
		return Imported{}, err
	}
	if !slices.Contains([]Unnamed{LeaveOut, AskFull, AskPayment}, o.Unnamed) {
		var c fault.Check
		c.Refuse("unnamed", "not_a_choice")
		return Imported{}, c.Err()
	}
	rows, err := export.Read(data, ImportLimits)
	if err != nil {
		return Imported{}, err
	}
	file, err := input.Open(rows, importSchema(), o.Mapping)
	if err != nil {
		return Imported{}, err
	}
	if !o.Preview {
		if _, err := s.db.Keep(ctx, sqlite.BeforeImport); err != nil {
			return Imported{}, err
		}
	}
	done := Imported{Doubles: []Double{}, Rejected: []input.Rejected{}, First: []New{}, Table: file.Table()}
	found := readClients(file, o.Unnamed, &done)
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for _, n := range found {
			if err := s.bring(ctx, tx, actor, n, o.Replace, &done); err != nil {
				return err
			}
		}
		if o.Preview {
			return errPreview
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataImported, Product: audit.Client, ObjectID: actor.OrganizationID, New: strconv.Itoa(done.Added + done.Replaced),
		})
	})
	if err != nil && !errors.Is(err, errPreview) {
		return Imported{}, err
	}
	return done, nil
}

// errPreview takes back what a preview has written.
var errPreview = errors.New("client: only a preview")

// bring keeps one client of a file.
func (s *Service) bring(ctx context.Context, tx *sqlite.Tx, actor access.Actor, n imported, replace []string, done *Imported) error {
	others, err := namesakes(ctx, tx, actor, n.Name, "")
	if err == nil && len(others) == 0 {
		if done.Added++; len(done.First) < input.MaxSample {
			done.First = append(done.First, n.New)
		}
		return s.put(ctx, tx, actor, "asked", Client{
			ID: tx.NewID(), Details: n.Details, State: Pending, Since: tx.Now, Asked: n.Rights, AskedAt: tx.Now, Created: tx.Now,
		})
	}
	if err != nil {
		return err
	}
	existing := others[0]
	done.Doubles = append(done.Doubles, Double{Line: n.records[0].Line, ID: existing.ID, Existing: existing.Details, File: n.New})
	if !slices.Contains(replace, existing.ID) {
		return nil
	}
	done.Replaced++
	if n.Place != "" {
		existing.Place = n.Place
	}
	if n.Number != "" {
		existing.Number = n.Number
	}
	existing.Asked, existing.AskedAt = n.Rights, tx.Now
	if err := s.closeInvitation(ctx, tx, existing.ID, "replaced"); err != nil {
		return err
	}
	return s.put(ctx, tx, actor, "asked", existing)
}

// imported is a client of a file with the rows that it stands in.
type imported struct {
	New
	records []input.Record
	refused []*fault.Field // of each row; nil where it can be read
	from    []int          // the row of each product
}

// readClients puts the rows of a file together by their names, in their order, and leaves out what cannot be read.
func readClients(file *input.Reader, unnamed Unnamed, done *Imported) []imported {
	var order []string
	found := map[string]*imported{}
	for r := range file.Records {
		if r.Fault != "" {
			done.Rejected = append(done.Rejected, r.Reject(fault.Field{Code: r.Fault}))
			continue
		}
		key := text.Fold(text.OneLine(r.Text("name")))
		n := found[key]
		if n == nil {
			n = &imported{}
			found[key] = n
			order = append(order, key)
		}
		n.add(r)
	}
	list := []imported{}
	for _, key := range order {
		if n := found[key]; n.finish(unnamed) {
			list = append(list, *n)
		} else {
			n.leave(done)
		}
	}
	slices.SortFunc(done.Rejected, func(a, b input.Rejected) int { return a.Line - b.Line })
	return list
}

// add reads one more row of the client.
func (n *imported) add(r input.Record) {
	var c fault.Check
	d := Details{Name: r.Text("name"), Place: r.Text("place"), Number: r.Text("number")}
	c.Merge("", d.Validate())
	product, named := importedProduct(&c, r)
	rights := Rights{}
	var known bool
	if word := text.Fold(r.Text("access")); word != "" {
		if rights.Access, known = accessWords()[word]; !known {
			c.Refuse("access", "not_a_choice")
		}
	} else if named {
		rights.Access = Limited
	}
	if rights.Wallet, known = yesNo[text.Fold(r.Text("wallet"))]; !known {
		c.Refuse("wallet", "not_a_choice")
	}
	if rights.Access == Full {
		named = false // full access holds all products
	}
	switch {
	case len(n.records) == 0:
		n.Details, n.Rights = d, rights
	case !named || n.differs(d, rights):
		c.Refuse("name", notTheSame)
	}
	if named {
		n.Rights.Products, n.from = append(n.Rights.Products, product), append(n.from, len(n.records))
	}
	n.records = append(n.records, r)
	n.refuse(c.Err())
}

// differs tells whether a further row speaks of somebody else, or asks for something else. What it leaves out stands in
// another one.
func (n *imported) differs(d Details, r Rights) bool {
	n.Place, n.Number = cmp.Or(n.Place, d.Place), cmp.Or(n.Number, d.Number)
	return cmp.Or(d.Place, n.Place) != n.Place || cmp.Or(d.Number, n.Number) != n.Number || r.Access != n.Rights.Access
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
	if n.Rights.Access == "" {
		n.Rights.Access, n.Rights.Wallet = Full, n.Rights.Wallet || unnamed == AskPayment
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
