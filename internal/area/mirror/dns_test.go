package mirror_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"kontor/internal/area/mirror"
	"kontor/internal/core/fault"
)

const zone = "ponteri.example"

// zoned is a desk whose zone was read once.
func zoned(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.there.records = []mirror.Record{
		{ID: "1", Source: "@", Type: "A", Target: "192.0.2.1", TTL: 3600},
		{ID: "2", Source: "", Type: "MX", Target: "10 MX.ponteri.example.", TTL: 3600},
		{ID: "3", Source: "www", Type: "CNAME", Target: "ponteri.example.", TTL: 300},
		{ID: "4", Source: "", Type: "TXT", Target: `"v=spf1 include:spf.infomaniak.ch" " -all; \"x\""`, TTL: 3600},
	}
	d.keep()
	return d
}

func (d *desk) keep() mirror.SnapshotView {
	d.t.Helper()
	n, err := d.Keep(d.ctx, zone, func(int64, int64) {})
	if err != nil || n != 1 {
		d.t.Fatal(n, err)
	}
	list, err := d.Snapshots(d.ctx, zone)
	d.say(err)
	return list[0]
}

func TestEqualReadingsAreOneSnapshot(t *testing.T) {
	d := zoned(t)
	d.clock.Advance(time.Hour)
	d.there.records[3].Target = `v=spf1 include:spf.infomaniak.ch -all; "x"` // the same, written without quotes
	slices.Reverse(d.there.records)
	if s := d.keep(); s.TakenAt == s.SeenAt || s.Changes != -1 || s.Records != 4 {
		t.Errorf("%+v", s)
	}
	d.clock.Advance(time.Hour)
	d.there.records[0].TTL = 600
	if s := d.keep(); s.Changes != 1 {
		t.Errorf("%+v", s)
	}
}

func TestAZoneFileReadsBack(t *testing.T) {
	d := zoned(t)
	d.there.records = append(d.there.records,
		mirror.Record{ID: "5", Source: "long", Type: "TXT", Target: strings.Repeat(`k"\`, 200), TTL: 60},
		mirror.Record{ID: "6", Source: "odd", Type: "A", Target: "not an address", TTL: 60},
		mirror.Record{ID: "7", Source: "_sip._tcp", Type: "SRV", Target: "10 5 5060 sip.ponteri.example", TTL: 60})
	file, err := d.ZoneFile(d.ctx, d.keep().ID)
	d.say(err)
	if !strings.Contains(string(file), "; odd.ponteri.example. 60 IN A not an address") {
		t.Errorf("what cannot be read is not told of:\n%s", file)
	}
	texts, records := map[string]string{}, 0
	p := dns.NewZoneParser(strings.NewReader(string(file)), "", "")
	for rr, ok := p.Next(); ok; rr, ok = p.Next() {
		records++
		if txt, is := rr.(*dns.TXT); is {
			// The parser keeps escapes; a packet does not.
			wire := make([]byte, 2048)
			n, err := dns.PackRR(txt, wire, 0, nil, false)
			d.say(err)
			texts[txt.Hdr.Name] = string(wire[:n])
		}
	}
	if p.Err() != nil || records != 6 {
		t.Fatalf("%d records, %v\n%s", records, p.Err(), file)
	}
	if spf := texts["ponteri.example."]; !strings.Contains(spf, `v=spf1 include:spf.infomaniak.ch -all; "x"`) {
		t.Errorf("%q", spf)
	}
	if long := texts["long.ponteri.example."]; strings.Count(long, `k"\`) < 198 {
		t.Errorf("%q", long)
	}
}

func (d *desk) changes(a, b string) []mirror.ChangeView {
	d.t.Helper()
	v, err := d.Compare(d.ctx, a, b)
	d.say(err)
	return v.Changes
}

func TestRecordsArePutBackOneByOne(t *testing.T) {
	d := zoned(t)
	then := d.keep()
	d.clock.Advance(time.Hour)
	// Somebody made a mess: changed, removed, added.
	d.there.records[0].Target = "203.0.113.9"
	d.there.records = slices.Delete(d.there.records, 1, 2)
	d.there.records = append(d.there.records, mirror.Record{ID: "9", Source: "evil", Type: "A", Target: "203.0.113.9", TTL: 300})
	now := d.keep()
	list := d.changes(then.ID, now.ID)
	if len(list) != 3 {
		t.Fatalf("%+v", list)
	}
	keys := []string{}
	for _, c := range list {
		keys = append(keys, c.Key)
	}
	if _, err := d.PutBack(d.ctx, then.ID, append(keys, "no such")); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Error(err)
	}
	if len(d.edits()) != 0 {
		t.Error("some of them were noted")
	}
	n, err := d.PutBack(d.ctx, then.ID, keys)
	if err != nil || n != 3 {
		t.Fatal(n, err)
	}
	d.clock.Advance(time.Minute)
	d.pass()
	for _, x := range d.edits() {
		if x.State != "confirmed" {
			t.Errorf("%+v", x)
		}
	}
	d.wrote("DELETE record", "PUT record", "POST record")
	d.clock.Advance(time.Minute)
	if list := d.changes(then.ID, d.keep().ID); len(list) != 0 {
		t.Errorf("still differs: %+v", list)
	}
}

func TestARecordThatChangedMeanwhileIsAConflict(t *testing.T) {
	d := zoned(t)
	in := mirror.RecordChange{
		Zone: zone, Act: "set", ID: "1", Target: "192.0.2.2", TTL: "300",
		Read: mirror.RecordRead{Source: "", Type: "A", Target: "192.0.2.1", TTL: 3600},
	}
	bad := in
	for target, field := range map[string]string{"": "target", "192.0.2": "target", "x\n$INCLUDE /etc/passwd": "target"} {
		bad.Target = target
		if f := fault.FieldsOf(d.ChangeRecord(d.ctx, bad)); len(f) != 1 || f[0].Name != field {
			t.Errorf("%q: %+v", target, f)
		}
	}
	stale := in
	stale.Read.TTL = 60
	if err := d.ChangeRecord(d.ctx, stale); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Error(err)
	}
	d.say(d.ChangeRecord(d.ctx, in))
	d.there.records[0].Target = "198.51.100.7"
	d.clock.Advance(time.Minute)
	d.settle()
	d.is("conflict")
	d.wrote()
	// The zone as it was before the change is kept: the reading that found the conflict.
	if s, err := d.Snapshots(d.ctx, zone); err != nil || len(s) != 2 || s[0].Why != "before_change" {
		t.Errorf("%+v %v", s, err)
	}
	d.say(d.KeepMine(d.ctx, d.one().ID))
	d.settle()
	d.is("confirmed")
	if d.there.records[0].Target != "192.0.2.2" {
		t.Errorf("%+v", d.there.records[0])
	}
}

func TestComparingFollowsRecords(t *testing.T) {
	d := zoned(t)
	a := d.keep()
	d.clock.Advance(time.Minute)
	for i := range d.there.records { // the same zone under other ids
		d.there.records[i].ID = fmt.Sprint(50 + i)
	}
	b := d.keep()
	if list := d.changes(b.ID, a.ID); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}
