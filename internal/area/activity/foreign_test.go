package activity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/dev/testkit"
)

// logs are what services write, as their own documentation shows it, and the entries that come of it.
var logs = map[string]struct {
	source, text string
	want         []string // moment, product, action, who, object, result
}{
	"GitHub CSV": {"GitHub", "action,actor,user,org,repo,created_at\nteam.add_member,octocat,hubot,acme,,2024-11-28 09:00:00 +0100\nrepo.create,octocat,,acme,acme/site,1732784400123\n", []string{
		"2024-11-28T09:00:00.123Z GitHub repo.create octocat acme/site ok", "2024-11-28T08:00:00Z GitHub team.add_member octocat  ok",
	}},
	"GitHub JSON Lines": {"GitHub", `{"@timestamp":1732784400123,"action":"org.update_member","actor":"octocat","org":"acme"}` + "\n" + `{"@timestamp":1732784401000,"action":"repo.destroy","actor":"hubot","org":"acme","repo":"acme/old"}` + "\n", []string{
		"2024-11-28T09:00:01Z GitHub repo.destroy hubot acme/old ok", "2024-11-28T09:00:00.123Z GitHub org.update_member octocat  ok",
	}},
	"GitHub array": {"GitHub", "[\n  {\n    \"created_at\": 1732784400123,\n    \"action\": \"login\",\n    \"actor\": \"octocat\",\n    \"org\": \"acme\"\n  }\n]\n", []string{
		"2024-11-28T09:00:00.123Z GitHub login octocat acme ok",
	}},
	"Google": {"Google Workspace", `{"kind":"admin#reports#activities","items":[{"id":{"time":"2024-11-28T09:00:00.000Z","uniqueQualifier":"-3","applicationName":"admin"},"actor":{"email":"a@acme.example"},"events":[{"type":"USER_SETTINGS","name":"CREATE_USER","parameters":[{"name":"USER_EMAIL","value":"b@acme.example"}]},{"name":"CHANGE_PASSWORD"}]}]}`, []string{
		"2024-11-28T09:00:00Z Google Workspace CHANGE_PASSWORD a@acme.example admin ok", "2024-11-28T09:00:00Z Google Workspace CREATE_USER a@acme.example admin ok",
	}},
	"Microsoft array": {"Microsoft 365", `[{"CreationTime":"2024-11-28T09:00:00","Id":"1","Operation":"FileDeleted","UserId":"a@acme.example","Workload":"SharePoint","ObjectId":"https://acme/x.docx","ResultStatus":"Succeeded"}]`, []string{
		"2024-11-28T09:00:00Z Microsoft 365 FileDeleted a@acme.example https://acme/x.docx ok",
	}},
	"Microsoft CSV": {"Microsoft 365", "RecordId,CreationDate,RecordType,Operation,UserId,AuditData\n1,2024-11-28T09:00:00.0000000Z,6,FileDeleted,a@acme.example,\"{\"\"ObjectId\"\":\"\"x.docx\"\",\"\"ResultStatus\"\":\"\"Failed\"\"}\"\n", []string{
		"2024-11-28T09:00:00Z Microsoft 365 FileDeleted a@acme.example x.docx failed",
	}},
	"Cloudflare": {"Cloudflare", `{"success":true,"errors":[],"result":[{"id":"d5","when":"2024-11-28T09:00:00Z","action":{"type":"rec_del","result":true},"actor":{"email":"a@acme.example","ip":"192.0.2.1"},"resource":{"type":"DNS_record","id":"9"},"oldValue":"x","newValue":""}],"result_info":{"page":1}}`, []string{
		"2024-11-28T09:00:00Z Cloudflare rec_del a@acme.example DNS_record ok",
	}},
	"kDrive": {"kDrive", `{"result":"success","data":[{"id":1,"created_at":1732784400,"action":"file_trash","new_path":"/Common/a.pdf","file_id":7,"user_id":3,"user":{"id":3,"display_name":"Ada","email":"ada@acme.example"}}],"has_more":false}`, []string{
		"2024-11-28T09:00:00Z drive file_trash ada@acme.example /Common/a.pdf ok",
	}},
	"plain CSV": {"", "When;Who;Event\n28.11.2024 09:00;Ada;invoice printed\n", []string{"2024-11-28T09:00:00Z My program invoice printed Ada  ok"}},
}

func TestLogsOfOtherServicesComeIn(t *testing.T) {
	for name, c := range logs {
		t.Run(name, func(t *testing.T) {
			s := New(testkit.NewDB(t, nil), nil, nil)
			ctx := as(t, "account-1", "org-1", access.Administrator)
			o, err := s.Inspect(ctx, c.text, nil)
			if err != nil || o.Suggested.Source != c.source || o.Known {
				t.Fatalf("%+v, %v", o, err)
			}
			m := o.Suggested
			if name == "plain CSV" {
				m.Source = "My program"
				m.Columns = map[Field]string{FieldMoment: "When", FieldAccount: "Who", FieldAction: "Event"}
			}
			if got := brought(t, ctx, s, c.text, m); !slices.Equal(got, c.want) {
				t.Errorf("%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			if o, err := s.Inspect(ctx, c.text, nil); err != nil || !o.Known || o.Suggested.Source != m.Source {
				t.Errorf("not remembered: %+v, %v", o, err)
			}
			if r := verified(t, s); !r.OK() {
				t.Errorf("%+v", r)
			}
		})
	}
}

// brought takes a file in, all of it, and lists the entries that came of it.
func brought(t *testing.T, ctx context.Context, s *Service, text string, m Mapping) []string {
	t.Helper()
	done, err := s.Import(ctx, "log", text, m, nil)
	if err != nil || done.Rejected > 0 || done.Duplicates > 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	p, err := s.Page(ctx, Search{Scope: Organization, Query: read("source:imported")}, 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	names, err := s.allNames(ctx)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, e := range p.Entries {
		list = append(list, fmt.Sprintf("%s %s %s %s %s %s", e.At.Format("2006-01-02T15:04:05.999Z07:00"), e.Product, e.Action, names[e.AccountID], e.ObjectName, e.Result))
		if e.Source != m.Source {
			t.Errorf("from %q", e.Source)
		}
	}
	return list
}

// A word may become what the journal knows, stay, or go with its rows; it is remembered, and what stayed is found.
func TestWordsBecomeWhatThePersonChose(t *testing.T) {
	s := New(testkit.NewDB(t, nil), nil, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	text := "moment,action,result\n2025-01-01,team.add_member,odd\n2025-01-02,team.add_member,\n2025-01-03,ping,\n2025-01-04,file gone,\n"
	m := Mapping{Source: "GitHub", Columns: map[Field]string{FieldMoment: "moment", FieldAction: "action", FieldResult: "result"}}
	v, err := s.Survey(ctx, text, m, nil)
	if err != nil || v.Rows != 4 || fmt.Sprint(v.Choices) != "[{action team.add_member 2 =} {action file gone 1 =} {action ping 1 =} {result odd 1 }]" {
		t.Fatalf("%+v, %v", v, err)
	}
	m.Words = map[Field]map[string]string{FieldAction: {"ping": Leave, "file gone": "item_deleted"}, FieldResult: {"odd": "failed"}}
	done, err := s.Import(ctx, "x", text, m, nil)
	if err != nil || done.Added != 3 || done.LeftOut != 1 || done.Rejected != 0 || done.Rows != 4 {
		t.Fatalf("%+v, %v", done, err)
	}
	for query, want := range map[string]int{"action:team.add_member": 2, "action:deleted": 1, "product:GitHub": 3, "github": 3, "add_member": 2, "-action:team.add_member source:imported": 1, "action:teapot": -1} {
		p, err := s.Page(ctx, Search{Scope: Organization, Query: read(query)}, 0, 0, 0)
		if (err != nil) != (want < 0) || err == nil && len(p.Entries) != want {
			t.Errorf("%s: %d entries, %v", query, len(p.Entries), err)
		}
	}
	o, err := s.Inspect(ctx, text, nil)
	if err != nil || !o.Known || o.Suggested.Words[FieldAction]["ping"] != Leave {
		t.Errorf("%+v, %v", o, err)
	}
	if o, err := s.Inspect(as(t, "account-1", "org-2", access.Administrator), text, nil); err != nil || o.Known {
		t.Errorf("another organization knows it: %+v, %v", o, err)
	}
}

// Whatever is wrong with a file, each of its rows is taken, a duplicate, left out, or set aside whole.
func TestNothingOfAFileVanishes(t *testing.T) {
	s := New(testkit.NewDB(t, nil), nil, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	var late, quote strings.Builder
	quote.WriteString("moment,action,object\n2025-01-01,x,\"open\n")
	for i := range 300 {
		fmt.Fprintf(&late, "{\"moment\":\"2025-01-01\",\"action\":\"a%d\"}\n", i%3)
		fmt.Fprintf(&quote, "2025-01-02,x,%d\n", i)
	}
	late.WriteString(`{"moment":"2025-01-01","action":"last","object":"LATE"}` + "\n")
	long := strings.Repeat("y", 5000)
	for name, c := range map[string]struct {
		text         string
		added, aside int
		raw          string // of the first that is set aside
		object       string // of some entry
	}{
		"late key":      {late.String(), 301, 0, "", "LATE"},
		"open quote":    {quote.String(), 300, 1, `2025-01-01,x,"open`, "299"},
		"bad byte":      {"moment,action,object\n2025-01-01,x,caffè\n2025-01-01,x,perché più\n2025-01-02,x,\xe8\n", 3, 0, "", "caffè"},
		"cell too many": {"moment,action,object\n2025-01-01,x,Smith, John\n2025-01-01,x,y\n", 1, 1, "2025-01-01,x,Smith, John", "y"},
		"a long row":    {"moment,action,object\n2025-01-41,x," + long + "\n", 0, 1, "2025-01-41,x," + long, ""},
		"broken list":   {"[\n  {\"moment\":\"2025-01-01\",\"action\":\"x\",\"object\":\"one\n  },\n  {\"moment\":\"2025-01-02\",\"action\":\"x\",\"object\":\"two\"}\n]", 1, 1, "{\"moment\":\"2025-01-01\",\"action\":\"x\",\"object\":\"one\n  }", "two"},
		"null dates":    {"moment,action\n0,x\n1,x\n2024,x\n1970-01-01,x\n", 0, 4, "0,x", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := s.Inspect(ctx, c.text, nil)
			if err != nil {
				t.Fatal(err)
			}
			o.Suggested.Source = "x " + name
			got, err := s.Import(ctx, name, c.text, o.Suggested, nil)
			if err != nil || got.Added+got.Duplicates != c.added || got.Rejected != c.aside {
				t.Fatalf("%+v, %v", got, err)
			}
			aside, err := s.Rejected(ctx, got.ID)
			if err != nil || len(aside) != c.aside || c.aside > 0 && aside[0].Raw != c.raw {
				t.Errorf("set aside %.300q, %v", fmt.Sprint(aside), err)
			}
			p, err := s.Page(ctx, Search{Scope: Organization, Query: read("product:\"x " + name + "\"")}, 0, 0, MaxPage)
			if c.added > 0 && (err != nil || !slices.ContainsFunc(p.Entries, func(e Entry) bool { return strings.Contains(e.ObjectName, c.object) })) {
				t.Errorf("no entry of %q, %v", c.object, err)
			}
		})
	}
}
