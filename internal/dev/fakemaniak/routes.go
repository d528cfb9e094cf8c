package fakemaniak

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// with are the parts that a request asks for beside a row; one that does not exist is refused with the list of those that do.
func with(r *http.Request, allowed ...string) (parts []string, refusal *answer) {
	for name := range strings.SplitSeq(r.URL.Query().Get("with"), ",") {
		if name == "" {
			continue
		}
		if !slices.Contains(allowed, name) {
			text := "The with value must be one of: " + strings.Join(allowed, ",")
			return nil, &answer{
				status: http.StatusUnprocessableEntity, code: "validation_failed", text: text,
				fields: []Object{{"code": "validation_rule_in", "description": text, "context": Object{"attribute": "with", "values": allowed}}},
			}
		}
		parts = append(parts, name)
	}
	return parts, nil
}

func (s *Server) id() int { s.next++; return s.next }

// profile serves /2/profile and the lists that belong to it.
func (s *Server) profile(r *http.Request, at []string, in Object) (answer, bool) {
	if len(at) == 2 && (at[1] == "languages" || at[1] == "countries" || at[1] == "timezones") {
		return paged(r, s.Lookups[at[1]]), true
	}
	if len(at) < 2 || at[1] != "profile" {
		return answer{}, false
	}
	switch path := strings.Join(at[2:], "/"); {
	case path == "" && r.Method == http.MethodGet:
		parts, refusal := with(r, "emails", "phones", "security", "sessions")
		if refusal != nil {
			return *refusal, true
		}
		told := maps.Clone(s.Profile)
		for _, name := range []string{"emails", "phones", "sessions"} {
			if !slices.Contains(parts, name) {
				delete(told, name)
			}
		}
		if !slices.Contains(parts, "security") {
			prefs := maps.Clone(s.Profile["preferences"].(Object))
			delete(prefs, "security")
			told["preferences"] = prefs
		}
		return ok(told), true
	case path == "" && r.Method == http.MethodPatch:
		return s.patch(r, in), true
	case path == "avatar" && r.Method == http.MethodPost:
		if in["encoding"] != "base64" || in["avatar"] == "" {
			return refused(http.StatusUnprocessableEntity, "validation_failed"), true
		}
		s.Avatars++
		s.Profile["avatar"] = s.URL + "/avatar/" + strconv.Itoa(s.Avatars) + ".png"
		s.Pictures[strconv.Itoa(s.Avatars)] = in["avatar"].(string)
		return ok(Object{"avatar": s.Profile["avatar"]}), true
	case path == "avatar" && r.Method == http.MethodDelete:
		s.Profile["avatar"] = nil
		return ok(true), true
	case at[2] == "emails" || at[2] == "phones":
		list := s.Profile[at[2]].([]Object)
		if len(at) == 3 {
			return ok(list), true
		}
		i := find(list, at[len(at)-1])
		if i < 0 || r.Method != http.MethodDelete {
			return refused(http.StatusNotFound, "object_not_found"), true
		}
		s.Profile[at[2]] = slices.Delete(list, i, i+1)
		return ok(true), true
	case path == "applications/passwords" && r.Method == http.MethodGet:
		return ok(s.Passwords), true
	case path == "applications/passwords" && r.Method == http.MethodPost:
		p := Object{"id": s.id(), "name": in["name"], "last_used_at": nil}
		s.Passwords = append(s.Passwords, p)
		return ok(Object{"id": p["id"], "name": p["name"], "password": "abcd-efgh-ijkl-mnop"}), true
	}
	return answer{}, false
}

// patch changes the profile. The names of what is sent are not those of what is read.
func (s *Server) patch(r *http.Request, in Object) answer {
	fail := func(field, code string) answer {
		return answer{
			status: http.StatusUnprocessableEntity, code: "validation_failed", text: "Validation failed",
			fields: []Object{{"code": code, "description": "The " + field + " is not valid", "context": Object{"attribute": field}}},
		}
	}
	if in["email"] != s.Profile["email"] {
		return fail("email", "validation_rule_required")
	}
	prefs := s.Profile["preferences"].(Object)
	connection := prefs["connection"].(Object)
	changes := []func(){}
	for name, value := range in {
		switch name {
		case "email":
		case "firstname", "lastname":
			text, _ := value.(string)
			if n := utf8.RuneCountInString(text); n == 0 || n > 128 {
				return fail(name, "validation_rule_max")
			}
			changes = append(changes, func() { s.Profile[strings.Replace(name, "name", "_name", 1)] = text })
		case "language_id", "country_id", "timezone_id":
			list, field := map[string]string{"language_id": "languages", "country_id": "countries", "timezone_id": "timezones"}[name], strings.TrimSuffix(name, "_id")
			number, _ := value.(float64)
			i := find(s.Lookups[list], strconv.Itoa(int(number)))
			if i < 0 {
				return fail(name, "validation_rule_exists")
			}
			changes = append(changes, func() { prefs[field] = s.Lookups[list][i] })
		case "successful_connexion_notification":
			changes = append(changes, func() { connection["successful_notification"] = value })
		case "unsuccessful_connexion_notification":
			changes = append(changes, func() { connection["unsuccessful_notification"] = value })
		case "unsuccessful_connexion_limit":
			changes = append(changes, func() { connection["unsuccessful_limit"] = value })
		case "unsuccessful_connexion_rate_limit":
			number, _ := value.(float64)
			if number < 1 || number > 100 {
				return fail(name, "validation_rule_between")
			}
			changes = append(changes, func() { connection["unsuccessful_rate_limit"] = int(number) })
		default:
			return fail(name, "validation_rule_unknown")
		}
	}
	if r.URL.Query().Get("dry_run") != "true" {
		for _, change := range changes {
			change()
		}
	}
	return ok(Object{})
}

// accounts serves organizations, their people, teams and invitations, and the products.
func (s *Server) accounts(r *http.Request, at []string, in Object) (answer, bool) {
	if len(at) == 2 && at[1] == "products" {
		return paged(r, s.Products), true
	}
	if len(at) < 2 || at[1] != "accounts" {
		return answer{}, false
	}
	if len(at) == 2 {
		return ok(s.Accounts), true
	}
	account := at[2]
	if find(s.Accounts, account) < 0 {
		return refused(http.StatusForbidden, "access_denied"), true
	}
	switch path := strings.Join(at[3:], "/"); {
	case path == "products":
		return ok(slices.DeleteFunc(slices.Clone(s.Products), func(o Object) bool { return text(o["account_id"]) != account })), true
	case path == "services":
		counts := map[string]int{}
		for _, p := range s.Products {
			if text(p["account_id"]) == account {
				counts[text(p["service_name"])]++
			}
		}
		list := []Object{}
		for name, n := range counts {
			list = append(list, Object{"id": len(list) + 1, "name": name, "count": n})
		}
		return ok(list), true
	case path == "users":
		parts, refusal := with(r, "app_access", "security", "teams")
		if refusal != nil {
			return *refusal, true
		}
		list := []Object{}
		for _, u := range s.Users[account] {
			if wanted := r.URL.Query().Get("search"); wanted != "" && !strings.Contains(text(u["email"]), wanted) {
				continue
			}
			list = append(list, s.member(account, u, parts))
		}
		return paged(r, list), true
	case path == "invitations" && r.Method == http.MethodPost:
		return s.invite(account, in), true
	case len(at) == 5 && at[3] == "invitations":
		if i := find(s.Invitations[account], at[4]); i >= 0 {
			return ok(s.Invitations[account][i]), true
		}
		return refused(http.StatusNotFound, "object_not_found"), true
	case at[3] == "teams":
		return s.teams(r, account, at[4:], in), true
	}
	return answer{}, false
}

func (s *Server) teams(r *http.Request, account string, at []string, in Object) answer {
	list := s.Teams[account]
	if len(at) == 0 {
		if r.Method != http.MethodPost {
			return ok(list)
		}
		t := team(s.id(), in["name"])
		s.Teams[account] = append(list, t)
		return answer{status: http.StatusCreated, data: t}
	}
	i := find(list, at[0])
	if i < 0 {
		return refused(http.StatusNotFound, "object_not_found")
	}
	if len(at) == 1 {
		if r.Method == http.MethodPatch {
			list[i]["name"] = in["name"]
		}
		return ok(list[i])
	}
	members := s.TeamUsers[at[0]]
	ids, _ := in["user_ids"].([]any)
	for _, id := range ids {
		members = slices.DeleteFunc(members, func(one string) bool { return one == text(id) })
		if r.Method == http.MethodPost {
			members = append(members, text(id))
		}
	}
	s.TeamUsers[at[0]] = members
	if r.Method != http.MethodGet {
		return ok(true)
	}
	rows := []Object{}
	for _, u := range s.Users[account] {
		if slices.Contains(members, text(u["user_id"])) {
			rows = append(rows, Object{
				"id": u["user_id"], "display_name": u["display_name"], "first_name": u["first_name"], "last_name": u["last_name"], "email": u["email"],
				"is_sso": false, "last_login_at": 1795000000, "teams": []Object{},
			})
		}
	}
	return paged(r, rows)
}

// member is a row of the people of an organization with the parts that are asked for.
func (s *Server) member(account string, u Object, parts []string) Object {
	row := maps.Clone(u)
	if !slices.Contains(parts, hidden) {
		delete(row, hidden)
	}
	if slices.Contains(parts, "teams") {
		of := []Object{}
		for _, t := range s.Teams[account] {
			if slices.Contains(s.TeamUsers[text(t["id"])], text(u["user_id"])) {
				of = append(of, Object{"id": t["id"], "name": t["name"], "color_id": t["color_id"]})
			}
		}
		row["teams"] = of
	}
	return row
}

// invite makes an invitation, and somebody who is invited.
func (s *Server) invite(account string, in Object) answer {
	now := time.Now()
	number, _ := strconv.Atoi(account)
	i := Object{
		"id": s.id(), "account_id": number, "email": in["email"], "first_name": in["first_name"], "last_name": in["last_name"], "role_type": in["role_type"],
		"locale": in["locale"], "language_id": 3, "strict": true, "status": "pending", "sent_at": now.Unix(), "created_at": now.Unix(), "updated_at": now.Unix(),
		"expired_at": now.AddDate(0, 0, 7).Unix(), "has_billing": false, "has_billing_mailing": false, "has_ksuite": false, "has_mailing": false,
		"url_accept": "https://manager.example/secret-accept", "qr_code": "secret-qr",
	}
	s.Invitations[account] = append(s.Invitations[account], i)
	u := somebody(text(in["first_name"])+" "+text(in["last_name"]), in["first_name"], in["last_name"], text(in["email"]), in["role_type"])
	u["state_in_account"], u["invitation_id"], u["unique_key"] = "pending", i["id"], "invitation-"+text(i["id"])
	s.Users[account] = append(s.Users[account], u)
	return answer{status: http.StatusCreated, data: i}
}

// names serves domains and zones.
func (s *Server) names(r *http.Request, at []string, in Object) (answer, bool) {
	switch {
	case len(at) == 3 && at[1] == "domains" && at[2] == "domains":
		return paged(r, s.Domains), true
	case len(at) == 4 && at[1] == "domains" && at[3] == "zones":
		if _, known := s.Zones[at[2]]; !known {
			return ok([]Object{}), true
		}
		return ok([]Object{{"fqdn": at[2], "dnssec": Object{"is_enabled": true}, "nameservers": []string{"ns1.example", "ns2.example"}}}), true
	case len(at) < 4 || at[1] != "zones" || at[3] != "records":
		return answer{}, false
	}
	records, known := s.Zones[at[2]]
	if !known {
		return refused(http.StatusNotFound, "zone_does_not_exists"), true
	}
	if len(at) == 4 {
		if r.Method != http.MethodPost {
			return ok(records), true
		}
		for _, one := range records {
			if one["source"] == in["source"] && one["type"] == in["type"] && one["target"] == in["target"] {
				return refused(http.StatusBadRequest, "dns_record_already_exists"), true
			}
		}
		in["id"], in["updated_at"] = s.id(), time.Now().Unix()
		s.Zones[at[2]] = append(records, in)
		return ok(in), true
	}
	i := find(records, at[4])
	switch {
	case i < 0:
		return refused(http.StatusNotFound, "object_not_found"), true
	case r.Method == http.MethodPut:
		records[i]["target"], records[i]["ttl"] = in["target"], in["ttl"]
	case r.Method == http.MethodDelete:
		s.Zones[at[2]] = slices.Delete(records, i, i+1)
		return ok(true), true
	}
	return ok(records[i]), true
}

// drives serves drives and what was done in them.
func (s *Server) drives(r *http.Request, at []string, _ Object) (answer, bool) {
	query := r.URL.Query()
	switch {
	case len(at) == 2 && at[0] == "2" && at[1] == "drive":
		account := query.Get("account_id")
		if account == "" {
			return refused(http.StatusUnprocessableEntity, "validation_failed"), true
		}
		return ok(slices.DeleteFunc(slices.Clone(s.Drives), func(o Object) bool { return text(o["account_id"]) != account })), true
	case len(at) != 4 || at[1] != "drive" || at[3] != "activities":
		return answer{}, false
	}
	count := s.Events[at[2]]
	limit, _ := strconv.Atoi(query.Get("limit"))
	limit = min(max(limit, 5), 1000)
	if s.PageOf > 0 {
		limit = min(limit, s.PageOf)
	}
	from, _ := strconv.ParseInt(query.Get("from"), 10, 64)
	skip, _ := strconv.Atoi(query.Get("cursor"))
	list := []Object{}
	for i := count - 1 - skip; i >= 0 && len(list) < limit; i-- { // the newest first
		e := event(i)
		if e["created_at"].(int64) < from {
			skip = count
			break
		}
		list = append(list, e)
	}
	a := ok(list)
	a.more = Object{"cursor": nil, "has_more": false, "response_at": time.Now().Unix()}
	if next := skip + len(list); next < count {
		a.more = Object{"cursor": strconv.Itoa(next), "has_more": true, "response_at": time.Now().Unix()}
	}
	return a, true
}

// paged gives a page of a list where one is asked for.
func paged(r *http.Request, list []Object) answer {
	query := r.URL.Query()
	page, err := strconv.Atoi(query.Get("page"))
	if err != nil {
		return ok(list)
	}
	per, err := strconv.Atoi(query.Get("per_page"))
	if err != nil || per < 1 {
		per = 15
	}
	from := min((max(page, 1)-1)*per, len(list))
	a := ok(list[from:min(from+per, len(list))])
	a.more = Object{"total": len(list), "page": page, "pages": (len(list) + per - 1) / per, "items_per_page": per}
	return a
}

func find(list []Object, id string) int {
	return slices.IndexFunc(list, func(o Object) bool { return text(o["id"]) == id })
}

func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}
