package leaving

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"unicode/utf8"

	"filippo.io/age"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// MinPassphrase is the shortest passphrase of a kit, in characters: a file that leaves the computer can be guessed at
// for ever.
const MinPassphrase = 12

// kitWork is the scrypt work factor of a kit: 2^18, about a second to open. Only tests change it.
var kitWork = 18

// Entry is one file of a kit, as its manifest lists it.
type Entry struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Kit makes the leaving kit of the person who is signed in: every record as CSV and JSON, and every file, in a ZIP
// file with a manifest, encrypted with a passphrase in the age format. It is opened and compared with its manifest before it is returned.
func (s *Service) Kit(ctx context.Context, passphrase string) (kit []byte, manifest []Entry, err error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return nil, nil, err
	}
	var c fault.Check
	if utf8.RuneCountInString(passphrase) < MinPassphrase {
		c.Refuse("passphrase", "too_short", "min", strconv.Itoa(MinPassphrase))
		return nil, nil, c.Err()
	}
	files, err := s.files(ctx, actor.AccountID)
	if err != nil {
		return nil, nil, err
	}
	kit, manifest, err = pack(files, passphrase)
	if err != nil {
		return nil, nil, err
	}
	if err := Check(kit, passphrase); err != nil {
		return nil, nil, fmt.Errorf("leaving: the kit does not open: %w", err)
	}
	return kit, manifest, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Account, ObjectID: actor.AccountID, New: "leaving_kit",
		})
	})
}

// files are the records of a person as CSV and JSON, and the files that areas keep.
func (s *Service) files(ctx context.Context, accountID string) (map[string][]byte, error) {
	sheets, files := map[string][][]string{}, map[string][]byte{}
	err := s.db.View(ctx, func(q sqlite.Queryer) error {
		for _, a := range s.areas {
			more, err := a.Sheets(ctx, q, accountID)
			if err != nil {
				return err
			}
			maps.Copy(sheets, more)
			k, ok := a.(FileOwner)
			if !ok {
				continue
			}
			own, err := k.Files(ctx, q, accountID)
			if err != nil {
				return err
			}
			maps.Copy(files, own)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for name, rows := range sheets {
		if len(rows) == 0 {
			continue
		}
		fields := make([]export.Field[[]string], len(rows[0]))
		for i, heading := range rows[0] {
			fields[i] = export.CellField(heading, func(row []string) export.Cell { return export.Number(row[i]) }) // or text
		}
		var text bytes.Buffer
		if err := export.WriteCSV(&text, export.For(words.In("en", "")), nil, rows[1:], fields...); err != nil {
			return nil, err
		}
		files[name+".csv"] = text.Bytes()
		records := []map[string]string{}
		for _, row := range rows[1:] {
			record := map[string]string{}
			for i, heading := range rows[0] {
				record[heading] = row[i]
			}
			records = append(records, record)
		}
		if files[name+".json"], err = json.MarshalIndent(records, "", "  "); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func pack(files map[string][]byte, passphrase string) ([]byte, []Entry, error) {
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, nil, err
	}
	recipient.SetWorkFactor(kitWork)
	manifest := []Entry{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[name])
		manifest = append(manifest, Entry{Name: name, Bytes: len(files[name]), SHA256: hex.EncodeToString(sum[:])})
	}
	list, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return nil, nil, err
	}
	var out bytes.Buffer
	sealed, err := age.Encrypt(&out, recipient)
	if err != nil {
		return nil, nil, err
	}
	archive := zip.NewWriter(sealed)
	if err := addFile(archive, "manifest.json", list); err != nil {
		return nil, nil, err
	}
	for _, e := range manifest {
		if err := addFile(archive, e.Name, files[e.Name]); err != nil {
			return nil, nil, err
		}
	}
	err = errors.Join(archive.Close(), sealed.Close())
	return out.Bytes(), manifest, err
}

func addFile(archive *zip.Writer, name string, data []byte) error {
	w, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// Check opens a kit and compares every file with the manifest.
func Check(kit []byte, passphrase string) error {
	_, _, err := Read(kit, passphrase)
	return err
}

// maxKit is how many bytes the files of a kit may have in all: somebody else may have made it.
const maxKit = 256 << 20

// Read opens a kit, whoever's it is, and gives its files in the order of its manifest, each compared with it. Errors: Invalid
// with the field passphrase; Invalid/kit_not_one for a file that is none, or was changed.
func Read(kit []byte, passphrase string) (manifest []Entry, files map[string][]byte, err error) {
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, nil, notKit(err)
	}
	identity.SetMaxWorkFactor(18) // a header may name any cost
	opened, err := age.Decrypt(bytes.NewReader(kit), identity)
	var wrong *age.NoIdentityMatchError
	if errors.As(err, &wrong) {
		var c fault.Check
		c.Refuse("passphrase", "wrong_password")
		return nil, nil, c.Err()
	}
	if err != nil {
		return nil, nil, notKit(err)
	}
	plain, err := io.ReadAll(io.LimitReader(opened, maxKit+1))
	if err != nil || len(plain) > maxKit {
		return nil, nil, notKit(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		return nil, nil, notKit(err)
	}
	list, err := readFile(archive, "manifest.json", maxKit)
	if err == nil {
		err = json.Unmarshal(list, &manifest)
	}
	if err != nil {
		return nil, nil, notKit(err)
	}
	files, room := map[string][]byte{}, int64(maxKit)
	for _, e := range manifest {
		data, err := readFile(archive, e.Name, room)
		if err != nil {
			return nil, nil, notKit(err)
		}
		sum := sha256.Sum256(data)
		if len(data) != e.Bytes || hex.EncodeToString(sum[:]) != e.SHA256 || !filepath.IsLocal(e.Name) || files[e.Name] != nil {
			return nil, nil, notKit(fmt.Errorf("%s is not what the manifest says", e.Name))
		}
		files[e.Name] = data
		room -= int64(len(data))
	}
	if len(archive.File) != len(manifest)+1 {
		return nil, nil, notKit(errors.New("files beside the manifest"))
	}
	return manifest, files, nil
}

func notKit(err error) error { return fault.Wrap(err, fault.Invalid, "kit_not_one") }

func readFile(archive *zip.Reader, name string, most int64) (data []byte, err error) {
	f, err := archive.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err = io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = errors.New("leaving: a kit that is too large")
	}
	return data, err
}
