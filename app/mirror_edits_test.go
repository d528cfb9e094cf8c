package app_test

import (
	"testing"

	"kontor/internal/area/mirror"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/dev/testkit"
)

// What a person changes goes over the wire once, with nothing but what was changed, and is read back.
func TestEditsReachInfomaniak(t *testing.T) {
	fake := fakemaniak.Start(t, fakemaniak.Alone(), canary)
	a, _ := remote(t, fake)
	w, edits, zones := testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a), testkit.Bound[*mirror.DNSWindow](a)
	say := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	v := check(t, a, canary)
	_, err := w.Connect(mirror.ConnectInput{Check: v.ID})
	say(err)
	until(t, "everything is read", func() bool { s, err := w.State(); return err == nil && s.State == "idle" && s.LastCompleteAt != "" })
	mine, err := edits.Mine()
	if err != nil || !mine.Connected || mine.Stand.Kind != "synced" || len(mine.Fields) != 8 || mine.Fields[0].Value.Text != "Elena" {
		t.Fatalf("%+v %v", mine, err)
	}
	settled := func() {
		t.Helper()
		until(t, "every edit is read back", func() bool {
			list, err := edits.Edits()
			for _, x := range list {
				if x.State != "confirmed" {
					return false
				}
			}
			return err == nil && len(list) > 0
		})
	}
	fake.Forget()
	// The lost answer of a change that took effect is no reason to send it again.
	fake.Break(fakemaniak.Fault{Method: "PATCH", Path: "/2/profile", After: 1, Times: 1, Do: fakemaniak.Cut(true)})
	say(edits.Change([]mirror.FieldChange{{Field: "first_name", Value: mirror.ValueInput{Text: "Elena Maria"}, Read: mirror.ValueInput{Text: "Elena"}}}))
	settled()
	sent := []string{}
	for _, r := range fake.Requests() {
		sent = append(sent, r.String()+"?"+r.Query)
	}
	if len(sent) != 4 || len(fake.Writes()) != 1 {
		t.Errorf("requests %v", sent)
	}
	for _, r := range fake.Writes() {
		if r.Body != `{"email":"elena@ponteri.example","firstname":"Elena Maria"}` {
			t.Errorf("%s %s", r, r.Body)
		}
	}
	fake.Mend()
	say(edits.Invite(mirror.InvitationInput{Account: "1001", Email: "luca@ponteri.example", FirstName: "Luca", LastName: "Ponteri", Locale: "it_IT", Role: "normal"}))
	say(edits.ChangeTeam(mirror.TeamChange{Account: "1001", Name: "Stampa"}))
	settled()
	job, err := zones.Keep("ponteri.example")
	say(err)
	until(t, "the zone is kept", func() bool { n, err := zones.Kept(job.ID); return err == nil && n == 1 })
	list, err := zones.Snapshots("ponteri.example")
	say(err)
	was, err := zones.Records(list[0].ID)
	say(err)
	r := was.Records[0]
	say(zones.ChangeRecord(mirror.RecordChange{
		Zone: "ponteri.example", Act: "set", ID: r.ID, Target: "192.0.2.77", TTL: "600",
		Read: mirror.RecordRead{Source: r.Source, Type: r.Type, Target: r.Target, TTL: r.TTL},
	}))
	settled()
	now, err := zones.Snapshots("ponteri.example")
	say(err)
	if len(now) != 2 || now[0].Why != "after_change" || now[0].Changes != 1 {
		t.Errorf("%+v", now)
	}
}
