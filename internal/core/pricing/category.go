package pricing

import "strings"

// Category is a kind of products and services, by which partner rates, discounts and own prices can differ.
type Category string

// The categories. Infomaniak publishes none: they are Kontor's, to keep conditions by.
const (
	Hosting     Category = "hosting" // web hosting and site builders
	Mail        Category = "mail"
	Domain      Category = "domain"
	Suite       Category = "suite" // kSuite and what belongs to it
	Storage     Category = "storage"
	Cloud       Category = "cloud" // public cloud, VPS, managed servers
	Certificate Category = "certificate"
	Work        Category = "work" // services of one's own
	Goods       Category = "goods"
	Other       Category = "other"
)

// Categories lists all, in the order in which a form shows them.
func Categories() []Category {
	return []Category{Hosting, Mail, Domain, Suite, Storage, Cloud, Certificate, Work, Goods, Other}
}

// begins says which category the code of a product tells; the first beginning that fits counts.
var begins = []struct {
	with string
	is   Category
}{
	{"web_hosting", Hosting},
	{"site", Hosting},
	{"mail", Mail},
	{"domain", Domain},
	{"ksuite", Suite},
	{"kmeet", Suite},
	{"kchat", Suite},
	{"kdrive", Storage},
	{"swiss_backup", Storage},
	{"nas", Storage},
	{"public_cloud", Cloud},
	{"cloud", Cloud},
	{"vps", Cloud},
	{"server", Cloud},
	{"certificate", Certificate},
	{"ssl", Certificate},
}

// CategoryOf is the category of a line: the one that was noted, else what the code of its product tells, else Other.
func (l Line) CategoryOf() Category {
	if l.Category != "" {
		return l.Category
	}
	for _, b := range begins {
		if strings.HasPrefix(l.Product, b.with) {
			return b.is
		}
	}
	return Other
}
