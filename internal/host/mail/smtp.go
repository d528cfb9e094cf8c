package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"kontor/internal/core/text"
)

// Reasons why a message was not sent, and at which of the settings each is put right. They are message keys.
const (
	ReasonHost        = "mail_host_unknown"     // no such name
	ReasonNoAnswer    = "mail_no_answer"        // nobody answers at the port
	ReasonNoSMTP      = "mail_no_smtp"          // who answers speaks something else, or TLS where none was expected
	ReasonNotLoopback = "mail_not_loopback"     // plain, but the name leads away from this computer
	ReasonTLS         = "mail_tls"              // the secure connection was not agreed on
	ReasonCertificate = "mail_certificate"      // the certificate is not the server's, not trusted, or out of date
	ReasonNoSTARTTLS  = "mail_no_starttls"      // the server does not offer STARTTLS
	ReasonNoAuth      = "mail_no_auth"          // the server offers no way to sign in that Kontor knows
	ReasonAuth        = "mail_auth_refused"     // user and password do not go together
	ReasonNoPassword  = "mail_password_missing" //nolint:gosec // a message key. The vault no longer has the password
	ReasonFrom        = "mail_from_refused"     // the server does not take this sender
	ReasonTo          = "mail_to_refused"       // the server does not take this recipient
	ReasonRefused     = "mail_refused"          // the server does not take the message
	ReasonLater       = "mail_later"            // the server wants it later
	ReasonDropped     = "mail_dropped"          // the connection ended before the message was complete
	ReasonNoReply     = "mail_no_reply"         // all was handed over, but the answer did not come
	ReasonInterrupted = "mail_interrupted"      // the program ended while it was being sent
	ReasonRestored    = "mail_restored"         // the workspace is a copy: it may have been sent since that was made
)

// fieldOf is the setting at which a reason is put right; "" if it is none of them.
var fieldOf = map[string]string{
	ReasonHost: "host", ReasonNoAnswer: "port", ReasonNoSMTP: "security", ReasonNotLoopback: "security", ReasonTLS: "security",
	ReasonCertificate: "host", ReasonNoSTARTTLS: "security", ReasonNoAuth: "user", ReasonAuth: "password",
	ReasonNoPassword: "password", ReasonFrom: "from", ReasonTo: "to",
}

// trouble is a failure with its reason. What it wraps says whether it lasts.
type trouble struct {
	reason string
	detail string // the other side's own words, one line
	code   int    // of the server's answer; 0 if it gave none
	unsure bool   // the server may have the message
	here   bool   // it is this computer's: nobody was asked
}

func (t *trouble) Error() string { return t.reason + ": " + t.detail }

// lasting tells whether trying again is of no use: the server has said no.
func (t *trouble) lasting() bool { return t.code >= 500 }

func troubled(reason string, err error) *trouble {
	t := &trouble{reason: reason, detail: oneLine(err.Error())}
	var answer *textproto.Error
	if errors.As(err, &answer) {
		t.code, t.detail = answer.Code, oneLine(strconv.Itoa(answer.Code)+" "+answer.Msg)
	}
	return t
}

func oneLine(answer string) string {
	line := text.OneLine(answer)
	if short := text.Cut(line, 200); short != line {
		return short + "…"
	}
	return line
}

// How long the server may take.
const (
	dialPatience = 20 * time.Second
	// sendPatience is for one message. It is well below the lease of a claim: whoever still speaks to the server holds one.
	sendPatience = 2 * time.Minute
)

// greeting is what Kontor calls itself to a server: never the name of the computer.
const greeting = "[127.0.0.1]"

// server is an open connection, signed in.
type server struct {
	client *smtp.Client
	conn   net.Conn
}

// connect opens a connection and signs in. The error, if any, is a *trouble.
func connect(ctx context.Context, s Settings, password string, roots *x509.CertPool) (*server, error) {
	ctx, cancel := context.WithTimeout(ctx, dialPatience)
	defer cancel()
	address := net.JoinHostPort(s.Host, strconv.Itoa(s.Port))
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		var unknown *net.DNSError
		if errors.As(err, &unknown) {
			return nil, troubled(ReasonHost, err)
		}
		return nil, troubled(ReasonNoAnswer, err)
	}
	conn = &measured{Conn: conn}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()) })
	defer stop()
	out, err := converse(conn, s, password, &tls.Config{ServerName: s.Host, RootCAs: roots, MinVersion: tls.VersionTLS12})
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return out, nil
}

func converse(conn net.Conn, s Settings, password string, config *tls.Config) (*server, error) {
	_ = conn.SetDeadline(time.Now().Add(dialPatience))
	switch s.Security {
	case Plain:
		at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
		if err != nil || !at.Addr().Unmap().IsLoopback() {
			return nil, &trouble{reason: ReasonNotLoopback, detail: conn.RemoteAddr().String()}
		}
	case TLS:
		secure := tls.Client(conn, config)
		if err := secure.Handshake(); err != nil {
			return nil, tlsTrouble(err)
		}
		conn = secure
	case STARTTLS:
	}
	client, err := smtp.NewClient(conn, s.Host)
	if err != nil {
		return nil, troubled(ReasonNoSMTP, err)
	}
	if err := client.Hello(greeting); err != nil {
		return nil, troubled(ReasonNoSMTP, err)
	}
	if s.Security == STARTTLS {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return nil, &trouble{reason: ReasonNoSTARTTLS}
		}
		if err := client.StartTLS(config); err != nil {
			return nil, tlsTrouble(err)
		}
	}
	if s.User != "" {
		if err := signIn(client, s, password); err != nil {
			return nil, err
		}
	}
	return &server{client, conn}, nil
}

func tlsTrouble(err error) *trouble {
	var unverified *tls.CertificateVerificationError
	if errors.As(err, &unverified) {
		return troubled(ReasonCertificate, unverified.Err)
	}
	return troubled(ReasonTLS, err)
}

// signIn proves who sends, in the strongest way that both sides know. Over a connection without TLS, which leads to
// this computer only, the password is sent as it is if there is no other way.
func signIn(client *smtp.Client, s Settings, password string) error {
	_, offered := client.Extension("AUTH")
	var way smtp.Auth
	switch ways := strings.Fields(strings.ToUpper(offered)); {
	case slices.Contains(ways, "SCRAM-SHA-256"):
		way = smtp.ScramSHA256Auth(s.User, password)
	case slices.Contains(ways, "SCRAM-SHA-1"):
		way = smtp.ScramSHA1Auth(s.User, password)
	case slices.Contains(ways, "PLAIN"):
		way = smtp.PlainAuth("", s.User, password, s.Host, s.Security == Plain)
	case slices.Contains(ways, "LOGIN"):
		way = smtp.LoginAuth(s.User, password, s.Host, s.Security == Plain)
	default:
		return &trouble{reason: ReasonNoAuth, detail: oneLine(offered)}
	}
	if err := client.Auth(way); err != nil {
		return troubled(ReasonAuth, err)
	}
	return nil
}

// send hands one message over. The error, if any, is a *trouble; it is unsure only between the last byte of the message
// and the answer to it. Nothing that ends earlier can have been taken: a server waits for the line with the dot.
func (c *server) send(ctx context.Context, from, to string, message []byte) error {
	ctx, cancel := context.WithTimeout(ctx, sendPatience)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = c.conn.SetDeadline(time.Now()) })
	defer stop()
	_ = c.conn.SetDeadline(time.Now().Add(sendPatience))
	if err := c.client.Mail("<" + from + ">"); err != nil {
		return refused(ReasonFrom, err)
	}
	if err := c.client.Rcpt("<" + to + ">"); err != nil {
		return refused(ReasonTo, err)
	}
	w, err := c.client.Data()
	if err != nil {
		return refused(ReasonRefused, err)
	}
	if _, err := w.Write(message); err != nil {
		return troubled(ReasonDropped, err)
	}
	if err := w.Close(); err != nil {
		t := refused(ReasonRefused, err)
		if t.code == 0 {
			t.reason, t.unsure = ReasonNoReply, true
		}
		return t
	}
	return nil
}

// refused is what the server says to a command: no for good with the reason given, "later", or nothing at all.
func refused(reason string, err error) *trouble {
	t := troubled(reason, err)
	switch {
	case t.code == 0:
		t.reason = ReasonDropped
	case !t.lasting():
		t.reason = ReasonLater
	}
	return t
}

// ready makes the connection fit for the next message; an error says that another connection is needed.
func (c *server) ready() error { return c.client.Reset() }

// close says goodbye. What the server answers changes nothing any more.
func (c *server) close() {
	_ = c.conn.SetDeadline(time.Now().Add(5 * time.Second))
	_ = c.client.Quit()
	_ = c.conn.Close()
}
