package activity

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"

	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Signer authenticates with a key that is not in the file; the vault fills it. None of it waits.
type Signer interface {
	// Sign makes a mac, or says that there is no key now.
	Sign(ctx context.Context, tx *sqlite.Tx, purpose string, data []byte) (mac []byte, ok bool)
	// Judge tells what a mac of data is.
	Judge(purpose string, data, mac []byte) audit.Verdict
	// Put and Get keep the mark that the journal is sealed.
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
}

// SealWith has the end of the journal authenticated from now on: with each entry, as long as there is a key.
func (s *Service) SealWith(k Signer) { s.signer = k }

// Where the mark lies in the vault, and what a seal is for.
const (
	markPlace = "journal"
	markField = "seal"
	sealFor   = "journal end"
)

// ending is what a seal covers, beside the chain that leads to it.
type ending struct {
	seq     int64
	hash    []byte
	imports int64
	digest  []byte
	mac     []byte
}

func (e ending) data() []byte {
	b := field(nil, []byte("kontor journal seal 1"))
	b = binary.BigEndian.AppendUint64(b, uint64(e.seq))
	b = field(b, e.hash)
	b = binary.BigEndian.AppendUint64(b, uint64(e.imports))
	return field(b, e.digest)
}

// readEnding returns the seal; false if there is none.
func readEnding(ctx context.Context, q sqlite.Queryer) (e ending, ok bool, err error) {
	e, err = sqlite.One(ctx, q, func(r sqlite.Row) (e ending, err error) {
		return e, r.Scan(&e.seq, &e.hash, &e.imports, &e.digest, &e.mac)
	}, "SELECT seq, hash, imports, digest, mac FROM journal_seal")
	if fault.CodeOf(err) == fault.NotFound {
		return e, false, nil
	}
	return e, err == nil, err
}

// importsUpTo is the digest of what the first imports say: name, organization and moment. -1 covers all.
func importsUpTo(ctx context.Context, q sqlite.Queryer, most int64) (n int64, digest []byte, err error) {
	type row struct {
		no, at                 int64
		id, organization, name string
	}
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (x row, err error) {
		return x, r.Scan(&x.no, &x.id, &x.organization, &x.name, &x.at)
	}, "SELECT no, id, organization, name, at FROM journal_import ORDER BY no LIMIT ?", most)
	b := []byte{}
	for _, x := range list {
		b = binary.BigEndian.AppendUint64(b, uint64(x.no))
		b = binary.BigEndian.AppendUint64(b, uint64(x.at))
		for _, s := range []string{x.id, x.organization, x.name} {
			b = field(b, []byte(s))
		}
	}
	sum := sha256.Sum256(b)
	return int64(len(list)), sum[:], err
}

// reseal authenticates the new end of the journal. A seal that does not fit what is there is left as it is, for Verify to
// find: to write it anew would hide what was done. One of a key that was given up is followed by one of the new key.
func (s *Service) reseal(ctx context.Context, tx *sqlite.Tx, seq int64, hash []byte) error {
	if s.signer == nil {
		return nil
	}
	before, sealed, err := readEnding(ctx, tx)
	if err != nil {
		return err
	}
	if sealed {
		switch s.signer.Judge(sealFor, before.data(), before.mac) {
		case audit.AnotherKey:
			sealed = false // by the key of now, as far as the mark says
		case audit.Genuine:
			if there, err := s.stands(ctx, tx, before); err != nil || !there {
				return err
			}
		default:
			return nil
		}
	}
	next := ending{seq: seq, hash: hash}
	if next.imports, next.digest, err = importsUpTo(ctx, tx, -1); err != nil {
		return err
	}
	mac, ok := s.signer.Sign(ctx, tx, sealFor, next.data())
	if !ok {
		return nil
	}
	if !sealed {
		if marked, err := s.marked(ctx); marked || err != nil {
			return nil // it was sealed, and the seal is gone; or that cannot be told now
		}
		if err := s.signer.Put(ctx, tx, markPlace, "", markField, []byte("sealed")); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO journal_seal (one, seq, hash, imports, digest, mac) VALUES (1, ?, ?, ?, ?, ?)
		ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, imports = excluded.imports, digest = excluded.digest, mac = excluded.mac`,
		next.seq, next.hash, next.imports, next.digest, mac)
	return err
}

// marked tells whether the key of now has sealed the journal before.
func (s *Service) marked(ctx context.Context) (bool, error) {
	_, err := s.signer.Get(ctx, markPlace, "", markField)
	if fault.CodeOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// stands tells whether all that a seal covers is there.
func (s *Service) stands(ctx context.Context, q sqlite.Queryer, e ending) (bool, error) {
	there, err := covered(ctx, q, e)
	if err != nil || !there {
		return false, err
	}
	n, digest, err := importsUpTo(ctx, q, e.imports)
	return n == e.imports && bytes.Equal(digest, e.digest), err
}

// covered tells whether the entry at which a seal ends is there.
func covered(ctx context.Context, q sqlite.Queryer, e ending) (bool, error) {
	if e.seq == 0 {
		return true, nil
	}
	hash, err := sqlite.One(ctx, q, sqlite.Value[[]byte], "SELECT hash FROM journal WHERE seq = ?", e.seq)
	if fault.CodeOf(err) == fault.NotFound {
		return false, nil
	}
	return bytes.Equal(hash, e.hash), err
}

// Sealing tells how far the end of the journal is authenticated.
type Sealing string

// The ways it can stand.
const (
	Sealed    Sealing = "sealed"    // up to its last entry, or a few before
	Unsealed  Sealing = "unsealed"  // not yet: it is from before, or there was no key
	Unchecked Sealing = "unchecked" // there is a seal, and the key to check it is not there now
	Former    Sealing = "former"    // it is sealed with a key that was given up, and not yet with the new one
)

// verifySeal holds the end against its seal.
func (s *Service) verifySeal(ctx context.Context, q sqlite.Queryer, report *Report, end int64) error {
	report.Sealing = Unsealed
	e, sealed, err := readEnding(ctx, q)
	switch {
	case err != nil:
		return err
	case !sealed && s.signer == nil:
		return nil
	case !sealed:
		if marked, _ := s.marked(ctx); marked {
			report.add(Break{Damage: NoSeal, Seq: end})
		}
		return nil
	case s.signer == nil:
		report.Sealing = Unchecked
		return nil
	}
	verdict := s.signer.Judge(sealFor, e.data(), e.mac)
	if verdict == audit.AnotherKey {
		// The key of now has left its mark if it has sealed before: then nobody else can have sealed after it.
		switch marked, err := s.marked(ctx); {
		case err != nil:
			verdict = audit.NoKey
		case marked:
			verdict = audit.Forged
		}
	}
	switch verdict {
	case audit.NoKey:
		report.Sealing = Unchecked
		return nil
	case audit.AnotherKey:
		report.Sealing = Former
		return nil
	}
	report.Sealing, report.SealedTo = Sealed, e.seq
	if verdict == audit.Forged {
		report.add(Break{Damage: NoSeal, Seq: end})
		return nil
	}
	there, err := covered(ctx, q, e)
	if err != nil {
		return err
	}
	if !there {
		report.add(Break{Damage: NoEnd, Seq: min(end, e.seq), Count: max(0, e.seq-end)})
	}
	n, digest, err := importsUpTo(ctx, q, e.imports)
	if err == nil && (n != e.imports || !bytes.Equal(digest, e.digest)) {
		report.add(Break{Damage: Imports, Seq: e.seq})
	}
	return err
}
