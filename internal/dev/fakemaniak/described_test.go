package fakemaniak_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/contract"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/host/infomaniak"
)

// Every operation that Kontor asks for is asked for once, and request and answer are as Infomaniak describes them: by what is
// kept of its description, or by the whole of it where the environment names it (make contract).
func TestEveryOperationIsAsDescribed(t *testing.T) {
	t.Parallel()
	s := fakemaniak.Start(t, fakemaniak.Alone(), token)
	c, ctx := client(t, s), t.Context()
	say := func(errs ...error) {
		t.Helper()
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
	}
	p, err := c.Profile(ctx, "emails", "phones", "security", "sessions")
	say(err)
	name, number, flag, many := "Eléna", int64(1), true, 100
	patch := infomaniak.Patch{
		Email: p.Email, FirstName: &name, LastName: &name, LanguageID: &number, NoticeSuccess: &flag, NoticeFailure: &flag, LockOn: &flag, LockAfter: &many,
	}
	say(c.PatchProfile(ctx, patch, true), c.PatchProfile(ctx, patch, false), c.SetAvatar(ctx, []byte("a picture")), c.RemoveAvatar(ctx))
	for _, list := range []string{"languages", "countries", "timezones"} {
		_, err := c.Lookup(ctx, list, "")
		say(err)
	}
	emails, err := c.Emails(ctx)
	say(err, c.RemoveEmail(ctx, emails.Rows[1]))
	phones, err := c.Phones(ctx)
	say(err, c.RemovePhone(ctx, phones.Rows[0]))
	_, err = c.AppPasswords(ctx)
	say(err)
	_, secret, err := c.AddAppPassword(ctx, "Thunderbird")
	if say(err); secret == "" {
		t.Error("no password")
	}
	_, err = c.Accounts(ctx)
	say(err)
	_, err = c.Services(ctx, "1001")
	say(err)
	_, err = c.Products(ctx, "")
	say(err)
	members, err := c.Members(ctx, "1001", "")
	say(err)
	if m := members.Rows[1]; m.TwoStep == nil || *m.TwoStep || len(m.Teams) != 1 || m.Teams[0] != "61" {
		t.Errorf("%+v", m)
	}
	team, err := c.AddTeam(ctx, "1001", "Stampa")
	say(err, c.RenameTeam(ctx, "1001", team, "Stampe"), c.AddTeamUsers(ctx, "1001", team, []string{"7", "8"}), c.RemoveTeamUsers(ctx, "1001", team, []string{"7"}))
	if users, err := c.TeamUsers(ctx, "1001", team); err != nil || len(users.Rows) != 1 || users.Rows[0] != "8" {
		t.Errorf("%v, %v", users.Rows, err)
	}
	teams, err := c.Teams(ctx, "1001")
	if say(err); len(teams.Rows) != 2 || teams.Rows[0].Color != 4 || len(teams.Rows[0].Rights) != 2 || teams.Rows[0].Rights[1] != "domain:check" {
		t.Errorf("%+v", teams.Rows)
	}
	i, err := c.Invite(ctx, "1001", infomaniak.NewInvitation{
		Email: "nina@ponteri.example", FirstName: "Nina", LastName: "Neu", Locale: "de_DE", Role: "normal", Billing: true, Teams: []string{"61"},
	})
	say(err)
	_, err = c.Invitation(ctx, "1001", i.ID)
	say(err)
	_, err = c.Domains(ctx, "", "")
	say(err)
	_, err = c.Zones(ctx, "ponteri.example")
	say(err)
	records, err := c.Records(ctx, "ponteri.example")
	say(err)
	r := infomaniak.Record{Source: "shop", Type: "A", Target: "192.0.2.11", TTL: 300}
	_, err = c.AddRecord(ctx, "ponteri.example", r)
	r = records.Rows[0]
	r.TTL = 60
	say(err, c.SetRecord(ctx, "ponteri.example", r), c.RemoveRecord(ctx, "ponteri.example", r.ID))
	_, err = c.Drives(ctx, "1001")
	say(err)
	_, err = c.Events(ctx, "301", time.Unix(1790000000, 0), "")
	say(err)

	asked := s.Requests()
	for _, o := range contract.Operations() {
		method, route, _ := strings.Cut(o, " ")
		place := regexp.MustCompile("^" + regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(route, "[^/]+") + "$")
		found := false
		for _, r := range asked {
			found = found || r.Method == method && place.MatchString(r.Path)
		}
		if !found {
			t.Errorf("%s is never asked for", o)
		}
	}
}

// What is not as described is seen: an operation, a parameter, a field of a request, a field of an answer.
func TestTheJudgeSees(t *testing.T) {
	t.Parallel()
	j, err := contract.Default()
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, body string) (*http.Request, []byte) {
		r, err := http.NewRequestWithContext(context.Background(), method, "http://127.0.0.1:1"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		return r, []byte(body)
	}
	for what, wrong := range map[string][3]string{
		"an operation":         {"PUT", "/2/profile", ""},
		"a parameter":          {"GET", "/1/accounts?colour=red", ""},
		"an e-mail missing":    {"PATCH", "/2/profile", `{"firstname":"Elena"}`},
		"a name of the answer": {"PATCH", "/2/profile", `{"email":"a@b.example","first_name":"Elena"}`},
		"too many tries":       {"PATCH", "/2/profile", `{"email":"a@b.example","unsuccessful_connexion_rate_limit":101}`},
	} {
		if j.Request(ask(wrong[0], wrong[1], wrong[2])) == nil {
			t.Errorf("%s is taken: %v", what, wrong)
		}
	}
	if err := j.Request(ask("PATCH", "/2/profile?dry_run=true", `{"email":"a@b.example","firstname":"Elena"}`)); err != nil {
		t.Error(err)
	}
	r, _ := ask("GET", "/1/accounts/1001/services", "")
	header := http.Header{"Content-Type": {"application/json"}}
	for body, right := range map[string]bool{
		`{"result":"success","data":[{"id":1,"name":"domain","count":4}]}`:   true,
		`{"result":"success","data":[{"id":1,"name":"domain","count":"4"}]}`: false,
		`{"result":"success","data":"string"}`:                               false,
		`{"result":"perhaps","data":[]}`:                                     false,
	} {
		if err := j.Answer(r, http.StatusOK, header, []byte(body)); (err == nil) != right {
			t.Errorf("%s: %v", body, err)
		}
	}
}
