package mirror

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// probed are the 12 routes of the probe report. Nothing in them names anybody.
var probed = []struct{ path, query string }{
	{"/2/profile", ""},
	{"/2/profile", "with=kontor_probe"}, // its refusal lists the names that are allowed
	{"/2/profile/emails", ""},
	{"/2/profile/phones", ""},
	{"/2/profile/applications/passwords", ""},
	{"/1/accounts", ""},
	{"/1/products", "page=1&per_page=2"},
	{"/2/domains/domains", "page=1&per_page=2"},
	{"/1/accounts/{account}/services", ""},
	{"/2/accounts/{account}/users", "page=1&per_page=2"},
	{"/1/accounts/{account}/teams", ""},
	{"/2/drive", "account_id={account}"},
}

func (s *Service) mayProbe(ctx context.Context) error {
	_, _, err := s.connected(ctx)
	return err
}

// probe asks the routes, and one change of unchanged values that is only tried.
func (s *Service) probe(ctx context.Context, progress func(done, total int64)) (ReportView, error) {
	v := ReportView{At: moment(s.db.Now()), Rows: []ReportRow{}}
	_, c, err := s.connected(ctx)
	if err != nil {
		return v, err
	}
	reader := s.reader(c.account)
	if reader == nil {
		return v, fault.New(fault.Unavailable, ReasonOffline)
	}
	account, err := sqlite.One(ctx, s.db.Reader(), sqlite.Value[string], `SELECT coalesce(min(remote_id), '0') FROM mirror_row WHERE account_id = ?
		AND area = 'organizations' AND gone_at = 0`, c.account)
	if err != nil {
		return v, err
	}
	ask := func(method, route, rawQuery string, body []byte) ([]byte, error) {
		query := map[string]string{}
		for part := range strings.SplitSeq(rawQuery, "&") {
			if name, value, ok := strings.Cut(part, "="); ok {
				query[name] = strings.ReplaceAll(value, "{account}", account)
			}
		}
		begun := s.db.Now()
		status, answer, err := reader.Raw(ctx, method, route, account, query, body)
		row := shape(answer)
		row.Method, row.Route, row.Status, row.Millis = method, route, status, int(s.db.Now().Sub(begun).Milliseconds())
		if rawQuery != "" {
			row.Route += "?" + rawQuery
		}
		if err != nil {
			if ctx.Err() != nil {
				return nil, fault.Wrap(ctx.Err(), fault.Canceled, "")
			}
			row.Result = "no answer"
		}
		v.Rows = append(v.Rows, row)
		return answer, nil
	}
	me := []byte{}
	for i, p := range probed {
		progress(int64(i), int64(len(probed)+1))
		answer, err := ask("GET", p.path, p.query, nil)
		if err != nil {
			return v, err
		}
		if i == 0 {
			me = answer
		}
	}
	var data struct {
		Data struct {
			Email     string `json:"email"`
			FirstName string `json:"first_name"`
		} `json:"data"`
	}
	if json.Unmarshal(me, &data) == nil && data.Data.Email != "" {
		body, err := json.Marshal(map[string]string{"email": data.Data.Email, "firstname": data.Data.FirstName})
		if err != nil {
			return v, err
		}
		if _, err := ask("PATCH", "/2/profile", "dry_run=true", body); err != nil {
			return v, err
		}
	}
	v.Text = v.text()
	return v, nil
}

func (v ReportView) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Kontor probe %s: names and types of fields, no values\n", v.At)
	for _, r := range v.Rows {
		fmt.Fprintf(&b, "\n%s %s\n  %d %s %s, %d ms\n", r.Method, r.Route, r.Status, r.Result, r.Code, r.Millis)
		for _, f := range r.Fields {
			fmt.Fprintf(&b, "  %s\n", f)
		}
	}
	return b.String()
}

// shape is what an answer says about itself: names and types, never a value but the result and the code of an error.
func shape(answer []byte) ReportRow {
	row := ReportRow{Fields: []string{}}
	d := json.NewDecoder(bytes.NewReader(answer))
	d.UseNumber()
	var whole any
	if d.Decode(&whole) != nil {
		row.Result = "no JSON"
		return row
	}
	if o, ok := whole.(map[string]any); ok {
		row.Result = word(o["result"])
		if e, ok := o["error"].(map[string]any); ok {
			row.Code = word(e["code"])
		}
	}
	types := map[string]map[string]bool{}
	typesOf("", whole, types, 0)
	for _, name := range slices.Sorted(maps.Keys(types)) {
		row.Fields = append(row.Fields, name+": "+strings.Join(slices.Sorted(maps.Keys(types[name])), " | "))
	}
	return row
}

// word is a word of the protocol; anything else could be somebody's.
func word(v any) string {
	text, _ := v.(string)
	if len(text) > 40 || strings.ContainsFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' }) {
		return "other"
	}
	return text
}

func typesOf(name string, v any, types map[string]map[string]bool, deep int) {
	add := func(kind string) {
		if name == "" {
			return
		}
		if types[name] == nil {
			types[name] = map[string]bool{}
		}
		types[name][kind] = true
	}
	switch v := v.(type) {
	case nil:
		add("null")
	case bool:
		add("flag")
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			add("decimal")
		} else {
			add("integer")
		}
	case string:
		add("text")
	case []any:
		add("list")
		for _, one := range v {
			if deep < 8 {
				typesOf(name+"[]", one, types, deep+1)
			}
		}
	case map[string]any:
		add("object")
		for key, one := range v {
			if !plain(key) {
				key = "*" // a name that may be data
			}
			if deep < 8 {
				typesOf(strings.TrimPrefix(name+"."+key, "."), one, types, deep+1)
			}
		}
	}
}

// plain tells whether a name of a field is one of the protocol.
func plain(key string) bool {
	return key != "" && len(key) <= 60 && !strings.ContainsFunc(key, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && (r < '0' || r > '9')
	}) && (key[0] < '0' || key[0] > '9')
}
