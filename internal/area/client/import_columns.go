package client

import (
	"slices"
	"strings"
	"sync"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
)

// importColumns finds a column by its heading: as the window and the export call it in any language, or as others do.
var importColumns = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{
		"name": "client_name", "place": "client_place", "number": "client_number", "access": "client_asked", "wallet": "client_wallet",
		"product": "client_product", "family": "client_column_family", "rights": "client_import_rights",
		"legalName": "client_legal_name", "street": "client_street", "extra": "client_extra", "postcode": "client_postcode", "addressee": "client_addressee",
		"country": "client_country", "language": "client_documents_in", "currency": "client_currency", "vatNumber": "client_vat_number",
		"website": "client_website", "tags": "client_tags", "contact": "client_contact", "salutation": "client_salutation", "roles": "client_roles",
		"email": "client_email", "phone": "client_phone",
	}, map[string][]string{
		"name":       {"Name", "Client", "Cliente", "Kunde", "Nom", "Nome", "Nombre", "Company", "Firma", "Société", "Azienda", "Empresa"},
		"place":      {"City", "Town", "Stadt", "Ort", "Ville", "Città", "Ciudad"},
		"access":     {"Access", "Accesso", "Acceso", "Accès", "Zugang", "Zugriff"},
		"number":     {"Number", "Nummer", "Numero", "Numéro"},
		"legalName":  {"Legal name", "Ragione sociale", "Razón social", "Raison sociale", "Firmenname"},
		"street":     {"Street", "Address", "Strasse", "Straße", "Adresse", "Via", "Indirizzo", "Rue", "Calle", "Dirección"},
		"postcode":   {"ZIP", "Postcode", "Postal code", "Postleitzahl", "PLZ", "CAP", "NPA", "Code postal", "CP", "Código postal"},
		"country":    {"Country", "Land", "Paese", "Nazione", "Pays", "País"},
		"language":   {"Language", "Sprache", "Lingua", "Langue", "Idioma"},
		"currency":   {"Currency", "Währung", "Valuta", "Monnaie", "Devise", "Moneda"},
		"vatNumber":  {"VAT", "VAT no", "UID", "MWST-Nr", "USt-IdNr", "Partita IVA", "P. IVA", "N° TVA", "NIF", "CIF"},
		"website":    {"Website", "Web", "URL", "Homepage", "Sito", "Site", "Sitio"},
		"tags":       {"Tags", "Labels", "Tag"},
		"contact":    {"Contact", "Contact name", "Kontakt", "Ansprechpartner", "Contatto", "Referente", "Contacto"},
		"salutation": {"Salutation", "Anrede", "Titolo", "Civilité", "Saludo"},
		"email":      {"E-mail", "Email", "Mail", "E-Mail-Adresse", "Courriel", "Correo"},
		"phone":      {"Phone", "Telephone", "Tel", "Telefon", "Telefono", "Téléphone", "Teléfono", "Mobile"},
		"roles":      {"Role", "Roles", "Rolle", "Ruolo", "Rôle", "Función"},
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
		{Name: "legalName"},
		{Name: "street"},
		{Name: "extra"},
		{Name: "postcode"},
		{Name: "addressee"},
		{Name: "country"},
		{Name: "language"},
		{Name: "currency"},
		{Name: "vatNumber"},
		{Name: "website"},
		{Name: "tags"},
		{Name: "contact"},
		{Name: "salutation"},
		{Name: "roles"},
		{Name: "email"},
		{Name: "phone"},
	}.Titled(importColumns())
})

// importExample is a file that Import takes as it stands: a client under full access with two contacts, one under limited
// access to two products.
func importExample(b *words.Book) [][]string {
	full, limited := words.Of(b, "client_access_", Full), words.Of(b, "client_access_", Limited)
	return [][]string{
		{
			b.T("client_name"), b.T("client_place"), b.T("client_number"), b.T("client_asked"), b.T("client_wallet"),
			b.T("client_product"), b.T("client_column_family"), b.T("client_import_rights"), b.T("client_country"), b.T("client_documents_in"),
			b.T("client_currency"), b.T("client_vat_number"), b.T("client_street"), b.T("client_postcode"), b.T("client_contact"), b.T("client_roles"), b.T("client_email"),
		},
		{
			"Hotel Tre Larici", "Chur", "20655", full, "x", "", "", "", "CH", "de", "CHF", "CHE-123.456.788 MWST", "Musterweg 4", "7000", "Seraina Muster",
			b.T("client_role_quotes"), "s.muster@tre-larici.example",
		},
		{"Hotel Tre Larici", "", "", "", "", "", "", "", "", "", "", "", "", "", "", b.T("client_role_invoices"), "buchhaltung@tre-larici.example"},
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

// roleWords are the roles of contacts, in any language.
var roleWords = sync.OnceValue(func() map[string]Role {
	keys, ids := map[Role]string{}, map[Role][]string{}
	for _, r := range Roles() {
		keys[r], ids[r] = "client_role_"+string(r), []string{string(r)}
	}
	return words.Names(keys, ids)
})

// languageWords are the languages of documents by code and by their own names.
var languageWords = map[string]string{
	"it": "it", "italiano": "it", "italian": "it", "italienisch": "it", "italien": "it",
	"es": "es", "espanol": "es", "spanish": "es", "spanisch": "es", "espagnol": "es", "spagnolo": "es",
	"fr": "fr", "francais": "fr", "french": "fr", "franzosisch": "fr", "francese": "fr", "frances": "fr",
	"de": "de", "deutsch": "de", "german": "de", "allemand": "de", "tedesco": "de", "aleman": "de",
	"en": "en", "english": "en", "englisch": "en", "anglais": "en", "inglese": "en", "ingles": "en",
}

// detailsOf reads who the client of a row is.
func detailsOf(c *fault.Check, r input.Record) Details {
	d := Details{Name: r.Text("name"), Place: r.Text("place"), Number: r.Text("number"), Record: Record{
		LegalName: r.Text("legalName"), Website: r.Text("website"), Country: r.Text("country"), VATNumber: r.Text("vatNumber"),
		Currency: money.Currency(strings.ToUpper(r.Text("currency"))),
		Invoice:  Address{Addressee: r.Text("addressee"), Street: r.Text("street"), Extra: r.Text("extra"), Postcode: r.Text("postcode")},
	}}
	if typed := r.Text("language"); typed != "" {
		d.Record.Language = languageWords[text.Fold(typed)]
		if d.Record.Language == "" {
			c.Refuse("language", "not_a_choice")
		}
	}
	if r.Text("tags") != "" {
		d.Record.Tags = strings.FieldsFunc(r.Text("tags"), func(r rune) bool { return r == ',' || r == ';' || r == '|' })
	}
	if !d.Record.Invoice.IsZero() {
		d.Record.Invoice.Place = d.Place
	}
	for _, f := range fault.FieldsOf(d.Validate()) {
		f.Name = strings.TrimPrefix(f.Name, "invoice.")
		c.Merge("", &fault.Error{Code: fault.Invalid, Fields: []fault.Field{f}})
	}
	return d
}

// contactOf reads the contact of a row, if it names one.
func contactOf(c *fault.Check, r input.Record, country string) (Contact, bool) {
	p := Contact{Name: r.Text("contact"), Salutation: r.Text("salutation"), Email: r.Text("email"), Phone: r.Text("phone"), Roles: []Role{}}
	for word := range strings.FieldsFuncSeq(text.Fold(r.Text("roles")), func(r rune) bool { return strings.ContainsRune(",;+/&|", r) }) {
		role, known := roleWords()[strings.TrimSpace(word)]
		if !known {
			c.Refuse("roles", "not_a_choice")
		} else if !slices.Contains(p.Roles, role) {
			p.Roles = append(p.Roles, role)
		}
	}
	if p.Name == "" && p.Email == "" && p.Phone == "" {
		return p, false
	}
	for _, f := range fault.FieldsOf(p.Validate(country)) {
		if f.Name == "name" {
			f.Name = "contact"
		}
		c.Merge("", &fault.Error{Code: fault.Invalid, Fields: []fault.Field{f}})
	}
	return p, true
}
