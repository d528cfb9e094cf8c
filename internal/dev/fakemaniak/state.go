package fakemaniak

import (
	"fmt"
	"strconv"
	"time"
)

// State is what the server knows. Names are invented, addresses are those for documentation (RFC 2606, RFC 5737).
type State struct {
	Profile     Object
	Lookups     map[string][]Object // languages, countries, timezones
	Passwords   []Object
	Accounts    []Object
	Products    []Object
	Domains     []Object
	Users       map[string][]Object // by account
	Teams       map[string][]Object // by account
	TeamUsers   map[string][]string // ids, by team
	Invitations map[string][]Object // by account
	Zones       map[string][]Object // records, by zone
	Drives      []Object
	Events      map[string]int // how many, by drive; each is made when it is asked for
	PageOf      int            // events that one answer gives at most; 0: 1000
	Avatars     int
	Pictures    map[string]string // base64, by number
}

// Alone is a person with one organization, a domain and a drive.
func Alone() *State {
	s := person("Elena", "Bernasconi", "elena@ponteri.example")
	s.account(1001, "Studio Ponteri SA", "owner", "company", "CH")
	s.product(1001, 1, "web_hosting", "ponteri.example", zurich(2027, 3, 14))
	s.domain(1001, "ponteri.example", zurich(2027, 1, 1), "ok")
	s.domain(1001, "tre-larici.example", zurich(2026, 7, 1), "pendingTransfer", "clientTransferProhibited")
	s.Zones["ponteri.example"] = []Object{
		{"id": 501, "source": "", "type": "A", "target": "192.0.2.10", "ttl": 3600, "updated_at": 1700000000},
		{"id": 502, "source": "www", "type": "CNAME", "target": "ponteri.example", "ttl": 3600, "updated_at": 1700000000},
		{"id": 503, "source": "", "type": "MX", "target": "5 mta-gw.example", "ttl": 3600, "updated_at": 1700000000},
		{"id": 504, "source": "", "type": "TXT", "target": `"v=spf1 include:spf.example -all"`, "ttl": 3600, "updated_at": 1700000000},
	}
	s.user("1001", 7, "Elena", "Bernasconi", "elena@ponteri.example", "owner", true)
	s.user("1001", 8, "Marisol", "de la Fuente", "marisol@ponteri.example", "admin", false)
	editors := team(61, "Redazione")
	editors["permissions"] = []Object{{"service_id": 1, "service_name": "web_hosting", "rights": "technical"}, {"service_id": 14, "service_name": "domain", "rights": "check"}}
	s.Teams["1001"], s.TeamUsers["61"] = []Object{editors}, []string{"8"}
	s.Drives = []Object{{
		"id": 301, "account_id": 1001, "name": "Ponteri", "size": int64(131941395333120), "used_size": 9000, "account_admin": true,
		"created_at": 1600000000, "updated_at": nil, "expired_at": nil, "in_maintenance": false, "maintenance_at": nil, "is_demo": false,
		"is_in_app_subscription": false, "is_locked": false, "product_id": 301, "role": "admin", "status": "ok", "users_count": 2,
		"users_quota": 6, "version": "drive_2023_team",
	}}
	s.Events["301"] = 40
	return s
}

// More gives an organization so many products more.
func (s *State) More(account, products int) {
	for i := range products {
		s.product(account, 5000+i, "web_hosting", fmt.Sprintf("mehr-%03d.example", i), zurich(2027, 6, 1))
	}
}

// Agency is somebody with 17 organizations, 309 products and 46 domains: two of their own, one where they are external, and
// fourteen of clients. The counts are those that an agency has told of.
func Agency() *State {
	s := person("Reto", "Amstutz", "reto@amstutz.example")
	sizes := []int{130, 107, 15, 9, 7, 6, 6, 6, 6, 6, 4, 3, 3, 1, 0, 0, 0}
	types := []string{"owner", "owner", "external", "partner_limited", "partner_limited"}
	product := 0
	for i := range 17 {
		id, kind := 2001+i, "partner_admin"
		if i < len(types) {
			kind = types[i]
		}
		s.account(id, fmt.Sprintf("Kundschaft %02d GmbH", i+1), kind, []string{"company", "association", "individual"}[i%3], "CH")
		for range sizes[i] {
			product++
			service := []string{"web_hosting", "email", "domain", "kdrive", "inviation"}[product%5]
			s.product(id, product, service, fmt.Sprintf("produkt-%03d.example", product), zurich(2027, time.Month(1+product%12), 1+product%28))
		}
		s.user(fmt.Sprint(id), 10, "Reto", "Amstutz", "reto@amstutz.example", "admin", true)
	}
	for i := range 46 {
		s.domain(2001+i%17, fmt.Sprintf("kunde-%02d.example", i+1), zurich(2027, time.Month(1+i%12), 1+i%28), "ok")
	}
	return s
}

// zurich is midnight of a day in Zurich, as seconds: that is how ends are told.
func zurich(year int, month time.Month, day int) int64 {
	place, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		panic(err)
	}
	return time.Date(year, month, day, 0, 0, 0, 0, place).Unix()
}

func person(first, last, email string) *State {
	lookups := map[string][]Object{
		"languages": {
			{"id": 1, "name": "Français", "short_name": "fr", "locale": "fr_FR", "short_locale": "fr"},
			{"id": 2, "name": "English", "short_name": "en", "locale": "en_GB", "short_locale": "en"},
			{"id": 3, "name": "Deutsch", "short_name": "de", "locale": "de_DE", "short_locale": "de"},
			{"id": 4, "name": "Italiano", "short_name": "it", "locale": "it_IT", "short_locale": "it"},
			{"id": 5, "name": "Español", "short_name": "es", "locale": "es_ES", "short_locale": "es"},
		},
		"countries": {
			{"id": 203, "name": "SWITZERLAND", "short_name": "CH", "is_enabled": true},
			{"id": 105, "name": "ITALY", "short_name": "IT", "is_enabled": true},
			{"id": 999, "name": "NOWHERE", "short_name": "ZZ", "is_enabled": false},
		},
		"timezones": {
			{"id": 414, "name": "Europe/Zurich", "gmt": "01:00"}, {"id": 401, "name": "Europe/Rome", "gmt": "01:00"},
		},
	}
	return &State{
		Profile: Object{
			"id": 7, "display_name": first + " " + last, "first_name": first, "last_name": last, "email": email, "login": email,
			"is_sso": false, "avatar": nil,
			"sessions": []Object{
				{"browser": "Firefox 145", "device": "Linux", "location": "Bellinzona, CH", "ip": "192.0.2.7", "user_agent": "Mozilla/5.0", "last_accessed_at": 1795000000},
				{"browser": "Safari 26", "device": "iPhone", "location": "Lugano, CH", "ip": "198.51.100.3", "user_agent": "Mozilla/5.0", "last_accessed_at": 1794000000},
			},
			"emails": []Object{
				{"id": 71, "email": email, "created_at": 1600000000, "reminder": "true", "checked": true, "type": "professional"},
				{"id": 72, "email": "private@" + "home.example", "created_at": 1650000000, "reminder": false, "checked": true, "type": "personal"},
			},
			"phones": []Object{{"id": 81, "phone": "+41915550142", "created_at": 1600000000, "reminder": "true", "checked": true, "type": "mobile"}},
			"preferences": Object{
				"security": Object{
					"otp": true, "double_auth": true, "double_auth_method": "otp", "remaining_rescue_code": 6, "last_login_at": 1795000000,
					"date_last_changed_password": 1700000000,
					"auth_devices":               []Object{{"id": 91, "name": "Telefono di " + first, "device": "phone", "user_ip": "192.0.2.7", "user_agent": "kAuth", "last_connexion": 1795000000, "created_at": 1690000000, "updated_at": 1795000000, "deleted_at": nil}},
				},
				"connection": Object{"unsuccessful_limit": true, "unsuccessful_rate_limit": 10, "unsuccessful_notification": true, "successful_notification": false},
				"account":    Object{"current_account_id": 1001, "last_login_at": 1795000000},
				"language":   lookups["languages"][3], "country": lookups["countries"][0], "timezone": lookups["timezones"][0],
			},
		},
		Lookups: lookups, Passwords: []Object{{"id": 41, "name": "Thunderbird", "last_used_at": 1790000000}},
		Users: map[string][]Object{}, Teams: map[string][]Object{}, TeamUsers: map[string][]string{}, Invitations: map[string][]Object{},
		Zones: map[string][]Object{}, Events: map[string]int{}, Pictures: map[string]string{},
		Accounts: []Object{}, Products: []Object{}, Domains: []Object{}, Drives: []Object{},
	}
}

func (s *State) account(id int, name, kind, entity, country string) {
	s.Accounts = append(s.Accounts, Object{
		"id": id, "name": name, "type": kind, "legal_entity_type": entity, "created_at": 1600000000, "locale": "de_DE", "language_id": 3,
		"beta": false, "support_level": 1, "has_2fa_required": false, "is_customer": true, "is_sso": false,
		"addresses": []Object{Address(country)},
		"order":     Object{"waiting_payment": 0, "in_process": 0, "blocked_order_id": []int{}},
	})
}

// Address is one of an organization, in a country by its code.
func Address(country string) Object {
	return Object{
		"id": 4001, "street": "Via Motta 3", "street2": "", "zip": "6500", "city": "Bellinzona", "type": "billing", "for_invoice": true,
		"created_at": 1600000000, "country": Object{"id": 203, "name": "COUNTRY", "short_name": country, "is_enabled": true},
	}
}

func team(id int, name any) Object {
	return Object{
		"id": id, "name": name, "color_id": 4, "owned_by_id": 7, "created_by_id": 7, "created_at": 1750000000, "updated_at": 1760000000,
		"is_sso": false, "product_count": 0, "permissions": []Object{},
	}
}

func (s *State) product(account, id int, service, name string, ends int64) {
	s.Products = append(s.Products, Object{
		"id": id, "account_id": account, "service_id": 1, "service_name": service, "customer_name": name, "internal_name": nil, "fqdn": name,
		"expired_at": ends, "is_managed_by_partner": account > 2003, "renew_preferences": []Object{}, "created_at": 1500000000,
		"has_maintenance": false, "has_operation_in_progress": false, "is_free": false, "is_locked": false, "is_trial": false, "is_zero_price": false,
		"rights": Object{"check": true, "sale": true, "statistic": true, "technical": true}, "tags": []Object{}, "unique_id": 990000 + id, "version": 1,
	})
}

func (s *State) domain(account int, name string, ends int64, status ...string) {
	s.Domains = append(s.Domains, Object{
		"name": name, "account_id": account, "tld": "example", "is_premium": false, "created_at": 1500000000, "expires_at": ends, "status": status,
		"options": Object{"dns_anycast": false, "renewal_warranty": true, "domain_privacy": false, "dnssec": true},
	})
}

func (s *State) user(account string, id int, first, last, email, role string, twoStep bool) {
	u := somebody(first+" "+last, first, last, email, role)
	u["user_id"], u["unique_key"], u["last_login_at"], u["has_billing_access"] = id, "user-"+strconv.Itoa(id), "2026-11-02T10:00:00+01:00", role != "normal"
	u[hidden] = Object{"otp": twoStep, "double_auth": twoStep}
	s.Users[account] = append(s.Users[account], u)
}

// hidden is what a row tells of only where it is asked for.
const hidden = "security"

// somebody is a row of the people of an organization.
func somebody(name string, first, last, email, role any) Object {
	return Object{
		"user_id": nil, "invitation_id": nil, "display_name": name, "first_name": first, "last_name": last, "email": email, "role_type": role,
		"state_in_account": "valid", "last_login_at": nil, "avatar": nil, "has_billing_access": nil, "has_no_manager_access": false,
		"is_correspondent": false, "is_correspondent_billing": false, "is_sso": false, "is_workspace_only": false, "language_id": 3,
		"partnership_id": nil, "unique_key": "",
	}
}

// event is the nth that was done in a drive, an hour after the one before.
func event(n int) Object {
	return Object{
		"id": 700000 + n, "created_at": 1795000000 - int64(300000-n)*3600/60, "action": []string{"file_create", "file_update", "file_rename", "file_trash"}[n%4],
		"old_path": "", "new_path": fmt.Sprintf("/Progetti/Offerta %06d.odt", n), "file_id": 100 + n, "user_id": 7,
		"user": Object{
			"id": 7, "display_name": "Elena Bernasconi", "first_name": "Elena", "last_name": "Bernasconi", "email": "elena@ponteri.example",
			"avatar": nil, "is_sso": false, "deleted_at": nil, "security_score": 3,
		},
		"source": Object{"name": "job", "ip": "192.0.2.7", "user_agent": "kDrive", "device": "Linux", "location": ""},
	}
}
