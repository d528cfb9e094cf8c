//go:build e2e

package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// infomaniakHost is where the program asks, and nowhere else.
const infomaniakHost = "api.infomaniak.com"

// Infomaniak lets the program reach a stand-in of Infomaniak's API. The program is not told: it asks the API's own address,
// through a proxy that leads to the stand-in, whose certificate is of an authority that the test adds to those of the
// system. Whatever else is asked of the proxy fails the test.
func Infomaniak(t testing.TB, standIn http.Handler) Option {
	t.Helper()
	certificate, authority := certificateOf(t, infomaniakHost)
	web := httptest.NewUnstartedServer(standIn)
	web.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	web.StartTLS()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != infomaniakHost+":443" {
			t.Errorf("the proxy was asked for %s %s", r.Method, r.Host)
			w.WriteHeader(http.StatusForbidden)
			return
		}
		tunnel(w, web.Listener.Addr().String())
	}))
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
		proxy.CloseClientConnections()
		proxy.Close()
	})
	roots := filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(roots, authority, 0o600); err != nil {
		t.Fatal(err)
	}
	return Env("HTTPS_PROXY="+proxy.URL, "SSL_CERT_FILE="+roots)
}

// tunnel joins who asks with an address until either ends, which is no error.
func tunnel(w http.ResponseWriter, address string) {
	hijacker, ok := w.(http.Hijacker)
	there, err := net.Dial("tcp", address)
	if !ok || err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = there.Close() }()
	here, _, err := hijacker.Hijack()
	if err != nil {
		return
	}
	defer func() { _ = here.Close() }()
	_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() {
		_, _ = io.Copy(there, here)
		_ = there.Close()
	}()
	_, _ = io.Copy(here, there)
}

// certificateOf makes a certificate for a host, signed by itself, and the file that lets it be trusted.
func certificateOf(t testing.TB, host string) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}
