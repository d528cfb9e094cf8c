package transfer

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
)

func mailOf(lines ...string) string { return strings.Join(lines, "\r\n") + "\r\n" }

func readAll(t *testing.T, name, mail string, want ...string) {
	t.Helper()
	m, err := ReadMessage([]byte(mail))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for _, w := range want {
		if !strings.Contains(m.Words(), w) {
			t.Errorf("%s: %q is missing in %q", name, w, m.Words())
		}
	}
	for _, raw := range []string{"MIME-Version", "Content-Type", "Content-Transfer", "=C3", "--edge"} {
		if strings.Contains(m.Body, raw) {
			t.Errorf("%s: shows %q: %q", name, raw, m.Body)
		}
	}
}

const inner = "From: Registro <avisos@registro.example>\r\nSubject: =?utf-8?Q?C=C3=B3digo_caducado?=\r\nDate: Thu, 5 Nov 2026 10:00:00 +0100\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"

func TestAMessageWithinAMessageIsRead(t *testing.T) {
	letter := inner + base64.StdEncoding.EncodeToString([]byte("El código ha caducado el 2 de noviembre.")) + "\r\n"
	wrap := func(kind, head, body string) string {
		return mailOf("From: Elena <elena@ponteri.example>", "Subject: FW", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=edge", "",
			"--edge", "Content-Type: text/plain", "", "See below.", "--edge", "Content-Type: "+kind, head, "", body, "--edge--")
	}
	want := []string{"See below.", "Registro", "Código caducado", "El código ha caducado el 2 de noviembre."}
	readAll(t, "forwarded whole", wrap("message/rfc822", "Content-Disposition: inline", letter), want...)
	readAll(t, "as a file", wrap("application/octet-stream; name=\"aviso.eml\"", "Content-Disposition: attachment; filename=\"aviso.eml\"\r\nContent-Transfer-Encoding: base64",
		base64.StdEncoding.EncodeToString([]byte(letter))), want...)
	readAll(t, "alone", mailOf("From: a@b.example", "MIME-Version: 1.0", "Content-Type: message/rfc822", "", letter), want[1:]...)
	readAll(t, "a digest", mailOf("From: list@b.example", "MIME-Version: 1.0", "Content-Type: multipart/digest; boundary=edge", "",
		"--edge", "Content-Type: message/rfc822", "", letter, "--edge", "Content-Type: message/rfc822", "", "From: two@b.example\r\nSubject: second\r\n\r\nthe other", "--edge--"),
		append(want[1:], "second", "the other")...)

	deep := "From: a@b.example\r\nSubject: innermost\r\n\r\nthe very last\r\n"
	for i := range 12 {
		deep = mailOf("From: a@b.example", fmt.Sprintf("Subject: level%02d", i), "MIME-Version: 1.0", "Content-Type: message/rfc822", "", deep)
	}
	m, err := ReadMessage([]byte(deep))
	if err != nil || m.Subject != "level11" || !strings.Contains(m.Body, "level08") || strings.Contains(m.Body, "innermost") {
		t.Errorf("twelve deep: %+v, %v", m, err)
	}
}

func TestWhatAMailServerReportsIsRead(t *testing.T) {
	readAll(t, "a report", mailOf("Return-Path: <>", "From: Mail Delivery <mailer-daemon@b.example>", "Subject: Undelivered", "MIME-Version: 1.0",
		"Content-Type: multipart/report; report-type=delivery-status; boundary=edge", "", "--edge", "", "It could not be delivered.",
		"--edge", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mail.b.example", "", "Final-Recipient: rfc822; elena@ponteri.example", "Status: 5.1.1",
		"Diagnostic-Code: smtp; 550 no such person", "--edge--"), "It could not be delivered.", "550 no such person", "5.1.1")
	readAll(t, "with a broken line in its header", mailOf("From: =?utf-8?Q?Andr=C3=A9?= <andre@b.example>", "Subject: =?utf-8?Q?D=C3=A9bit?=", " refused", "MIME-Version: 1.0",
		"Content-Type: multipart/mixed;", "\tbo", "X-Last: 1", "", "The card was refused."), "The card was refused.")
	readAll(t, "a part by itself", mailOf("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "", "Il codice =C3=A8 scaduto."), "Il codice è scaduto.")
	readAll(t, "after an empty line", "\r\n"+mailOf("From: a@b.example", "Subject: x", "", "the words"), "the words")
}

func TestAMailInAnyAlphabet(t *testing.T) {
	for charset, words := range map[string]string{
		"iso-8859-1": "Prüfung für Gläubiger", "iso-8859-15": "9,90 € für Gebühren", "windows-1252": "“Gebühr” – 9,90 €", "iso-8859-2": "Żółty kod wygasł", "windows-1250": "Příliš žluťoučký kůň",
		"koi8-r": "Код истёк", "windows-1251": "Код истёк", "iso-8859-7": "Ο κωδικός έληξε", "windows-1255": "הקוד פג", "windows-1256": "انتهت صلاحية الرمز",
		"gb2312": "代码已过期", "gb18030": "代码已过期", "big5": "代碼已過期", "shift_jis": "コードの期限が切れました", "euc-jp": "コードの期限が切れました", "iso-2022-jp": "コードの期限が切れました",
		"euc-kr": "코드가 만료되었습니다", "ks_c_5601-1987": "코드가 만료되었습니다", "windows-874": "รหัสหมดอายุ", "utf-8": "Der Code ist abgelaufen: ß",
	} {
		encoding, err := htmlindex.Get(charset)
		if err != nil {
			t.Fatal(err)
		}
		body, err := encoding.NewEncoder().String(words)
		if err != nil {
			t.Fatal(charset, err)
		}
		readAll(t, charset, mailOf("From: a@b.example", "Subject: x", "MIME-Version: 1.0", "Content-Type: text/plain; charset="+charset, "Content-Transfer-Encoding: base64", "",
			base64.StdEncoding.EncodeToString([]byte(body))), words)
		readAll(t, charset+", in its subject", mailOf("From: a@b.example", "Subject: =?"+charset+"?B?"+base64.StdEncoding.EncodeToString([]byte(body))+"?=", "", "body"), words)
	}
}
