package archive

import (
	"bytes"
	"errors"
	"io"
)

// Seal encrypts something short with a passphrase, as an archive is.
func Seal(plain []byte, passphrase string) ([]byte, error) {
	var b bytes.Buffer
	w, err := sealing(&b, passphrase)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(plain)
	err = errors.Join(err, w.Close())
	return b.Bytes(), err
}

// Unseal is the reverse of Seal, up to so many bytes. Errors: Invalid with the field passphrase; Invalid/ReasonNot,
// Conflict/ReasonDamaged.
func Unseal(sealed []byte, passphrase string, most int64) ([]byte, error) {
	r, err := opening(bytes.NewReader(sealed), passphrase)
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(plain)) > most {
		err = damaged(errors.New("archive: it is too long"))
	}
	return plain, err
}
