package mirror

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/miekg/dns"

	"kontor/internal/core/fault"
)

// Limits of a record at Infomaniak.
const (
	minTTL    = 60    // seconds
	maxTTL    = 86400 // seconds
	maxTarget = 4096  // characters
)

// recordTypes are what can be changed. SOA and the NS records of the zone itself are Infomaniak's.
var recordTypes = []string{"A", "AAAA", "CAA", "CNAME", "DNAME", "DS", "MX", "NS", "SMIMEA", "SRV", "SSHFP", "TLSA", "TXT"}

// hostTypes are those whose target ends with a host name, in which capitals and a dot at the end mean nothing.
var hostTypes = []string{"CNAME", "DNAME", "MX", "NS", "SRV"}

// normal is a record in the one way in which it is kept and compared: the answers of Infomaniak write the same record in
// several ways, e.g. the text of a TXT with and without quotes.
func (r Record) normal(zone string) Record {
	r.Type = strings.ToUpper(strings.TrimSpace(r.Type))
	r.Source = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(r.Source), "."))
	if r.Source == "@" || r.Source == zone {
		r.Source = ""
	}
	r.Source = strings.TrimSuffix(r.Source, "."+zone)
	r.Target = strings.TrimSpace(r.Target)
	switch {
	case r.Type == "TXT":
		r.Target = unquoted(r.Target)
	case slices.Contains(hostTypes, r.Type):
		r.Target = strings.ToLower(strings.TrimSuffix(strings.Join(strings.Fields(r.Target), " "), "."))
	case r.Type == "AAAA":
		r.Target = strings.ToLower(r.Target)
	}
	return r
}

// unquoted joins the quoted strings of a text, as a reader of the record sees it. A text without quotes stays as it is.
func unquoted(text string) string {
	if !strings.HasPrefix(text, `"`) {
		return text
	}
	var out strings.Builder
	inside := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			out.WriteByte(text[i])
		case c == '"':
			inside = !inside
		case inside:
			out.WriteByte(c)
		case c != ' ':
			return text // not a row of quoted strings after all
		}
	}
	if inside {
		return text
	}
	return out.String()
}

// name is the whole name of a record.
func (r Record) name(zone string) string {
	if r.Source == "" {
		return zone
	}
	return r.Source + "." + zone
}

// says is a record without its id.
func (r Record) says() Record { r.ID = ""; return r }

// take refuses a record that Infomaniak, or any name server, would not have.
func (r Record) take(zone string) error {
	var c fault.Check
	if !slices.Contains(recordTypes, r.Type) {
		c.Refuse("type", "not_a_choice")
	}
	if r.TTL < minTTL {
		c.Refuse("ttl", "number_too_small", "min", strconv.Itoa(minTTL))
	} else if r.TTL > maxTTL {
		c.Refuse("ttl", "number_too_large", "max", strconv.Itoa(maxTTL))
	}
	if _, ok := dns.IsDomainName(r.name(zone)); !ok || strings.ContainsAny(r.Source, " \t\\\"();@") {
		c.Refuse("source", "not_a_host")
	}
	switch {
	case r.Target == "":
		c.Refuse("target", "required")
	case len(r.Target) > maxTarget:
		c.Refuse("target", "too_long", "max", strconv.Itoa(maxTarget))
	case c.Err() == nil:
		if _, err := r.rr(zone); err != nil {
			c.Refuse("target", "not_a_dns_target", "type", r.Type)
		}
	}
	return c.Err()
}

// rr is the record as a name server has it.
func (r Record) rr(zone string) (dns.RR, error) {
	target := r.Target
	switch {
	case r.Type == "TXT":
		header := dns.RR_Header{Name: dns.Fqdn(r.name(zone)), Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: uint32(r.TTL)} //nolint:gosec // 0 to 86400
		return &dns.TXT{Hdr: header, Txt: chunks(target)}, nil
	case slices.Contains(hostTypes, r.Type):
		target = dns.Fqdn(target)
	}
	if strings.ContainsAny(target, "\r\n;") {
		return nil, fmt.Errorf("a target of one line")
	}
	rr, err := dns.NewRR(fmt.Sprintf("%s %d IN %s %s", dns.Fqdn(r.name(zone)), r.TTL, r.Type, target))
	if err == nil && rr == nil {
		err = fmt.Errorf("no record")
	}
	return rr, err
}

// chunks are the character strings of a text: 255 bytes at most each, with what the writer of records takes for escapes
// escaped.
func chunks(text string) []string {
	list := []string{}
	for len(text) > 255 {
		list = append(list, escape(text[:255]))
		text = text[255:]
	}
	return append(list, escape(text))
}

var escape = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace

// sorted is a zone in the order in which it is shown and written: itself first, then by name and type.
func sorted(list []Record) []Record {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Record) int {
		return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.Type, b.Type), strings.Compare(a.Target, b.Target), a.TTL-b.TTL,
			strings.Compare(a.ID, b.ID))
	})
	return list
}

// zoneFile writes records as a master file (RFC 1035, section 5). What no name server would read stands in a comment: it
// was there, and the file says so. The SOA is the name servers' own.
func zoneFile(zone string, taken time.Time, list []Record) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "; %s, as read at %s\n$ORIGIN %s\n", zone, taken.Format(time.RFC3339), dns.Fqdn(zone))
	for _, r := range sorted(list) {
		rr, err := r.rr(zone)
		if err != nil {
			fmt.Fprintf(&out, "; %s\n", oneLine(fmt.Sprintf("%s %d IN %s %s", dns.Fqdn(r.name(zone)), r.TTL, r.Type, r.Target)))
			continue
		}
		fmt.Fprintln(&out, rr.String())
	}
	return out.Bytes()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// recordChange is one difference between two zones.
type recordChange struct {
	kind          string // added, removed, changed
	before, after Record
}

// key names a difference by what it says, so that it means the same when the zones are compared again.
func (d recordChange) key() string {
	return strings.Join([]string{d.kind, d.before.line(), d.after.line()}, "|")
}

func (r Record) line() string {
	return strings.Join([]string{r.Source, r.Type, r.Target, strconv.Itoa(r.TTL)}, " ")
}

// compareRecords tells what differs between two readings of a zone, and how many records are in both. A record is
// followed by its id, else by its name and target, else by its name and type where that is one on both sides.
func compareRecords(before, after []Record) (list []recordChange, same int) {
	before, after = sorted(before), sorted(after)
	match := func(fits func(a, b Record) bool, found func(a, b Record)) {
		for i := 0; i < len(before); i++ {
			j := slices.IndexFunc(after, func(b Record) bool { return fits(before[i], b) })
			if j < 0 {
				continue
			}
			found(before[i], after[j])
			before, after = slices.Delete(before, i, i+1), slices.Delete(after, j, j+1)
			i--
		}
	}
	changed := func(a, b Record) { list = append(list, recordChange{"changed", a, b}) }
	match(func(a, b Record) bool { return a.says() == b.says() }, func(Record, Record) { same++ })
	match(func(a, b Record) bool { return a.ID != "" && a.ID == b.ID && a.Source == b.Source && a.Type == b.Type }, changed)
	match(func(a, b Record) bool { return a.Source == b.Source && a.Type == b.Type && a.Target == b.Target }, changed)
	match(func(a, b Record) bool {
		one := func(list []Record) bool {
			n := 0
			for _, r := range list {
				if r.Source == a.Source && r.Type == a.Type {
					n++
				}
			}
			return n == 1
		}
		return a.Source == b.Source && a.Type == b.Type && one(before) && one(after)
	}, changed)
	for _, r := range before {
		list = append(list, recordChange{"removed", r, Record{}})
	}
	for _, r := range after {
		list = append(list, recordChange{"added", Record{}, r})
	}
	slices.SortFunc(list, func(a, b recordChange) int {
		at := func(d recordChange) Record {
			if d.kind == "added" {
				return d.after
			}
			return d.before
		}
		return strings.Compare(at(a).line(), at(b).line())
	})
	return list, same
}

func readRecords(ctx context.Context, b *batch) error {
	list, err := b.remote.Records(ctx, b.zone)
	if err != nil {
		return err
	}
	b.records = []Record{}
	for _, r := range list {
		b.records = append(b.records, r.normal(b.zone))
	}
	for _, x := range b.edits {
		x.theirs = value{}
		for _, r := range b.records {
			if x.act == actAdd && x.mine.Record.says() == r.says() || x.act != actAdd && r.ID == x.object {
				x.theirs = value{Known: true, Record: &r}
				break
			}
		}
	}
	return nil
}

func judgeRecord(x *edit) stands {
	is := func(v value) bool {
		return x.theirs.Known && v.Record != nil && x.theirs.Record.says() == v.Record.says()
	}
	switch x.act {
	case actAdd:
		if x.theirs.Known {
			return standsAlready
		}
		return standsAsBefore
	case actRemove:
		if !x.theirs.Known {
			return standsAlready
		}
	default:
		if is(x.mine) {
			return standsAlready
		}
	}
	if is(x.base) {
		return standsAsBefore
	}
	return standsOther
}

func sendRecord(ctx context.Context, _ *Edits, b *batch, list []*edit) error {
	x := list[0]
	switch x.act {
	case actAdd:
		id, err := b.remote.AddRecord(ctx, x.zone, *x.mine.Record)
		x.object = id
		return err
	case actRemove:
		return b.remote.RemoveRecord(ctx, x.zone, x.object)
	}
	r := *x.mine.Record
	r.ID = x.object
	return b.remote.SetRecord(ctx, x.zone, r)
}
