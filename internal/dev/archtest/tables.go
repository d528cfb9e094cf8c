package archtest

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// owners say whose a table is, by its name or the beginning of it. Whoever owns a table is the only package that names
// it in SQL: no import shows such an arrow, and it holds two areas together as firmly.
var owners = []struct{ table, owner string }{
	{"account", "profile"},
	{"organization", "organization"},
	{"member", "organization"},
	{"invitation", "organization"},
	{"noted_person", "organization"},
	{"letterhead", "organization"},
	{"session", "session"},
	{"sign_in_", "session"},
	{"sso_", "session"},
	{"credential", "session"},
	{"recovery_code", "session"},
	{"journal", "activity"},
	{"branding_", "branding"},
	{"payment_", "payment"},
	{"prepaid_", "prepaid"},
	{"price_", "partner"},
	{"partner_", "partner"},
	{"schedule", "partner"},
	{"tier", "partner"},
	{"quote", "quote"},
	{"sale", "sale"},
	{"client", "client"},
	{"transfer", "transfer"},
	{"link_", "link"},
	{"mail_", "mail"},
	{"manager_", "manager"},
	{"mirror_", "mirror"},
	{"notice", "notice"},
	{"home_", "home"},
	{"expiry_", "expiry"},
	{"sealed", "vault"},
	{"setting", "settings"},
	{"workspace_", "sqlite"},
}

// migrations is where tables are made. Keys may point across areas: the database then keeps what code cannot.
const migrations = "internal/host/sqlite/migrations"

var (
	made = regexp.MustCompile(`(?i)CREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)`)
	// named are the tables that a piece of SQL names. Keywords stand in capitals everywhere in the project, so that
	// texts for people are not taken for SQL.
	named = regexp.MustCompile(`\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?\w+)?(?:\s*,\s*(\w+))?`)
)

// ownerOf is the package that a table belongs to; "" for none.
func ownerOf(table string) string {
	best := ""
	owner := ""
	for _, o := range owners {
		exact := table == o.table || strings.HasPrefix(table, strings.TrimSuffix(o.table, "_")+"_")
		if exact && len(o.table) > len(best) {
			best, owner = o.table, o.owner
		}
	}
	return owner
}

// tables checks that every table has an owner, and remembers which there are.
func (c *checker) tables() error {
	return fs.WalkDir(c.project, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && name != "." && !strings.HasPrefix(migrations, name) {
				return fs.SkipDir
			}
			return err
		}
		if path.Dir(name) != migrations || path.Ext(name) != ".sql" {
			return nil
		}
		text, err := fs.ReadFile(c.project, name)
		if err != nil {
			return err
		}
		for _, found := range made.FindAllStringSubmatch(string(text), -1) {
			if ownerOf(found[1]) == "" {
				c.breach(name, "nobody owns the table %s: say in archtest whose it is", found[1])
			}
			c.made = append(c.made, found[1])
		}
		return nil
	})
}

// sql checks a string of a package: it names no table of another.
func (c *checker) sql(name string, line int, from room, text string) {
	if from.name == "sqlite" || !slices.Contains([]string{"flow", "area", "host"}, from.layer) {
		return
	}
	for _, found := range named.FindAllStringSubmatch(text, -1) {
		for _, table := range found[1:] {
			owner := ownerOf(table)
			if !slices.Contains(c.made, table) || owner == from.name {
				continue
			}
			c.breach(name, "line %d: %s names the table %s of %s in SQL: declare what it needs as an interface, which app fills", line, from.name, table, owner)
		}
	}
}
