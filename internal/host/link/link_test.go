package link

import (
	"errors"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
)

// samples holds a good value of every parameter.
var samples = map[string]string{"account": "123456", "product": "7654321", "guide": "2356"}

func TestEveryPageHasAnAddressThatPasses(t *testing.T) {
	for _, id := range IDs() {
		values := map[string]string{}
		for _, name := range Params(id) {
			values[name] = samples[name]
		}
		address, err := URL(id, values)
		if err != nil {
			t.Errorf("%s: %v", id, err)
		}
		if strings.ContainsAny(address, "(){}~!* ") {
			t.Errorf("%s: %s", id, address)
		}
		values["more"] = "1"
		if _, err := URL(id, values); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s takes a parameter that it does not have: %v", id, err)
		}
	}
}

func TestURL(t *testing.T) {
	for _, c := range []struct {
		id     ID
		values map[string]string
		want   string
	}{
		{Home, nil, "https://manager.infomaniak.com/v3/ng/home"},
		{HomeOf, map[string]string{"account": "42"}, "https://manager.infomaniak.com/v3/42/ng/home"},
		{DomainOf, map[string]string{"account": "42", "product": "7"}, "https://manager.infomaniak.com/v3/42/ng/domain/7/dashboard"},
		{DeleteAccount, nil, "https://manager.infomaniak.com/v3/ng/profile/user/dashboard?open-terminate-account-modal"},
		{RecoverPassword, nil, "https://login.infomaniak.com/recover"},
		{Guide, map[string]string{"guide": "2356"}, "https://faq.infomaniak.com/2356"},
	} {
		if got, err := URL(c.id, c.values); err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", c.id, got, err, c.want)
		}
	}
	for _, id := range []ID{"", "Home", "home ", "https://manager.infomaniak.com/", "../home"} {
		if _, err := URL(id, nil); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
	for _, value := range []string{
		"", "0", "007", "-1", "+1", " 1", "1 ", "1\n", "1e3", "1/2", "1%2F2", "../1", "1?x=1", "1#x", "1@evil.example", "１２", "12345678901", "1\x00", "x",
	} {
		if address, err := URL(HomeOf, map[string]string{"account": value}); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("account %q: %s, %v", value, address, err)
		}
	}
}

func TestEscapeCoversWhatWailsRefuses(t *testing.T) {
	if got, want := escape("a(b)~!*/%ü Z9-_."), "a%28b%29%7E%21%2A%2F%25%C3%BC%20Z9-_."; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

// hostile addresses: each of them reaches something other than a page of Infomaniak in some program, or might.
var hostile = []string{
	"", " ", "/", "//", "https:", "https:/", "https://", "https:///", "https:////manager.infomaniak.com/",
	// other schemes
	"http://manager.infomaniak.com/", "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)",
	"data:text/html,x", "file:///etc/passwd", "file://manager.infomaniak.com/etc/passwd", "ftp://manager.infomaniak.com/",
	"smb://manager.infomaniak.com/share", `\\manager.infomaniak.com\share`, "search-ms:query=x&crumb=location:x",
	"ms-msdt:/id", "vbscript:x", "mailto:a@b.example", "tel:123", "about:blank", "blob:https://manager.infomaniak.com/x",
	"view-source:https://manager.infomaniak.com/", "C:\\Windows\\System32\\calc.exe", "/usr/bin/xterm", "--help", "-h",
	"wss://manager.infomaniak.com/", "jar:https://manager.infomaniak.com/!/", "intent://manager.infomaniak.com/#Intent;end",
	// case and spaces
	"HTTPS://manager.infomaniak.com/", "Https://manager.infomaniak.com/", "https://MANAGER.infomaniak.com/",
	" https://manager.infomaniak.com/", "https://manager.infomaniak.com/ ", "https:// manager.infomaniak.com/",
	"https://manager.infomaniak.com /", "\thttps://manager.infomaniak.com/", "ht\ntps://manager.infomaniak.com/",
	"https://manager.infomaniak.com/\r\nHost: evil.example", "https://manager.infomaniak.com/\x00", "https://manager.infomaniak.com/\x7f",
	"https://mana\tger.infomaniak.com/", "\ufeffhttps://manager.infomaniak.com/", "https://manager.infomaniak.com/\u202egpj",
	// user info and ports
	"https://user@manager.infomaniak.com/", "https://manager.infomaniak.com@evil.example/", "https://a:b@manager.infomaniak.com/",
	"https://manager.infomaniak.com%40evil.example/", "https://@manager.infomaniak.com/", "https://manager.infomaniak.com:443/",
	"https://manager.infomaniak.com:/", "https://manager.infomaniak.com:8443/", "https://manager.infomaniak.com:443@evil.example/",
	// other hosts
	"https://infomaniak.com/", "https://evil.example/", "https://evil.example/manager.infomaniak.com/", "https://manager.infomaniak.com.evil.example/",
	"https://evil-manager.infomaniak.com/", "https://xmanager.infomaniak.com/", "https://x.manager.infomaniak.com/", "https://manager.infomaniak.co/",
	"https://manager.infomaniak.com./", "https://manager.infomaniak.com../", "https://.manager.infomaniak.com/", "https://manager..infomaniak.com/",
	"https://manager.infomaniak.com", "https://manager.infomaniak.com?x", "https://manager.infomaniak.com#x", "https://api.infomaniak.com/",
	"https://evil.example?https://manager.infomaniak.com/", "https://evil.example#https://manager.infomaniak.com/",
	// numbers, brackets, escapes
	"https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/", "https://[::1]/", "https://[manager.infomaniak.com]/",
	"https://[::ffff:127.0.0.1]/", "https://localhost/", "https://%6danager.infomaniak.com/", "https://manager%2einfomaniak.com/",
	"https://manager.infomaniak.com%2f/", "https://manager.infomaniak.com%00/", "https%3A//manager.infomaniak.com/",
	// letters that look alike
	"https://mаnager.infomaniak.com/", "https://manager.infomaniаk.com/", "https://manager.ınfomaniak.com/", "https://manager。infomaniak。com/",
	"https://ｍanager.infomaniak.com/", "https://xn--mnager-3fg.infomaniak.com/", "https://manager.infomaniak.com／evil", "https://manager\u00ad.infomaniak.com/",
	"https://manager.infomaniaK.com/",
	// slashes, dots and the rest of the path
	`https:\\manager.infomaniak.com\`, `https:/\manager.infomaniak.com/`, `https://manager.infomaniak.com\`, `https://manager.infomaniak.com\@evil.example/`,
	`https://evil.example\@manager.infomaniak.com/`, `https://evil.example\.manager.infomaniak.com/`, "https://manager.infomaniak.com//evil.example/",
	"https://manager.infomaniak.com/a//b", "https://manager.infomaniak.com/../x", "https://manager.infomaniak.com/a/./b", "https://manager.infomaniak.com/a/..",
	"https://manager.infomaniak.com/%2e%2e/x", "https://manager.infomaniak.com/%2fevil.example", "https://manager.infomaniak.com/%5cevil",
	"https://manager.infomaniak.com/%00", "https://manager.infomaniak.com/%0d%0aSet-Cookie", "https://manager.infomaniak.com/%", "https://manager.infomaniak.com/%zz",
	"https://manager.infomaniak.com/%2", "https://manager.infomaniak.com/%252e", "https://manager.infomaniak.com/a;b", "https://manager.infomaniak.com/a:b",
	"https://manager.infomaniak.com/#x", "https://manager.infomaniak.com/?next=https://evil.example", "https://manager.infomaniak.com/?next=//evil.example",
	"https://manager.infomaniak.com/?a=%2f%2fevil", "https://manager.infomaniak.com/?a?b", "https://manager.infomaniak.com/?a=b#c",
	`https://manager.infomaniak.com/"onload="x`, "https://manager.infomaniak.com/'x", "https://manager.infomaniak.com/<x>", "https://manager.infomaniak.com/`id`",
	"https://manager.infomaniak.com/$(id)", "https://manager.infomaniak.com/a|b", "https://manager.infomaniak.com/a&b", "https://manager.infomaniak.com/é",
	"https://manager.infomaniak.com/(x)", "https://manager.infomaniak.com/~x", "https://manager.infomaniak.com/!", "https://manager.infomaniak.com/*", "https://manager.infomaniak.com/^x",
	"https://manager.infomaniak.com/" + strings.Repeat("a", longest),
}

func TestHostileAddressesAreRefused(t *testing.T) {
	if len(hostile) < 60 {
		t.Fatalf("only %d cases", len(hostile))
	}
	for _, address := range hostile {
		if err := Check(address); !errors.Is(err, errRefused) {
			t.Errorf("%q passes (%v)", address, err)
		}
	}
	for _, address := range []string{
		"https://manager.infomaniak.com/", "https://login.infomaniak.com/recover", "https://www.infomaniak.com/a-b_c.d/",
		"https://faq.infomaniak.com/2356?a=b&c=%28x%29",
	} {
		if err := Check(address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, address := range hostile {
		f.Add(address)
	}
	f.Add("https://manager.infomaniak.com/v3/ng/home?a=b")
	f.Fuzz(func(t *testing.T, address string) {
		if Check(address) != nil {
			return
		}
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || !slices.Contains(hosts, u.Host) || u.User != nil || u.Port() != "" || u.Fragment != "" || u.Opaque != "" {
			t.Fatalf("%q passes as %+v, %v", address, u, err)
		}
		if clean := u.JoinPath(); clean.Path != u.Path || u.String() != address {
			t.Fatalf("%q passes and reads as %q", address, u)
		}
		for _, c := range []byte(address) {
			if c <= ' ' || c > '~' || strings.IndexByte("\\\"'`<>{}|^$()~!*;@#", c) >= 0 {
				t.Fatalf("%q passes with %q", address, c)
			}
		}
	})
}

func FuzzURL(f *testing.F) {
	f.Add("home_of", "42", "7")
	f.Add("domain", "42", "7/../8")
	f.Add("guide", "%2e", "")
	f.Fuzz(func(t *testing.T, id, account, product string) {
		names := Params(ID(id))
		values := map[string]string{}
		for i, name := range names {
			values[name] = []string{account, product}[i]
		}
		address, err := URL(ID(id), values)
		if err != nil {
			return
		}
		want := "https://" + pages[ID(id)].host + pages[ID(id)].path
		for name, value := range values {
			want = strings.ReplaceAll(want, "{"+name+"}", value)
		}
		if got, _, _ := strings.Cut(address, "?"); got != want {
			t.Fatalf("%s; want %s", got, want)
		}
	})
}

type opened struct {
	addresses []string
	err       error
}

func (o *opened) OpenURL(address string) error {
	o.addresses = append(o.addresses, address)
	return o.err
}

func TestOpenNotesWhoOpenedWhat(t *testing.T) {
	journal, opener := &testkit.Journal{}, &opened{}
	s := NewService(testkit.NewDB(t, nil), journal, opener)
	if err := s.Open(testkit.As(t, access.External), Tokens, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Open(t.Context(), RecoverPassword, nil); err != nil { // nobody is signed in
		t.Fatal(err)
	}
	want := []string{"https://manager.infomaniak.com/v3/ng/profile/user/token/list", "https://login.infomaniak.com/recover"}
	if !slices.Equal(opener.addresses, want) {
		t.Errorf("opened %v", opener.addresses)
	}
	if len(journal.Entries) != 1 || journal.Entries[0].Action != audit.LinkOpened || journal.Entries[0].ObjectID != string(Tokens) {
		t.Errorf("journal: %+v", journal.Entries)
	}
	if err := s.Open(testkit.As(t, access.External), HomeOf, map[string]string{"account": "x"}); fault.CodeOf(err) != fault.Invalid || len(opener.addresses) != 2 {
		t.Errorf("%v, %v", err, opener.addresses)
	}
	opener.err = &exec.Error{Name: "xdg-open", Err: exec.ErrNotFound}
	err := s.Open(testkit.As(t, access.External), Tokens, nil)
	if fault.ReasonOf(err) != "no_browser" || len(journal.Entries) != 1 {
		t.Errorf("%v, %+v", err, journal.Entries)
	}
}
