package activity

import (
	"crypto/sha256"
	"encoding/binary"
)

// link is what an entry's hash covers: everything that the journal keeps of it, in words instead of numbers.
type link struct {
	seq, id                                        int64
	organization, account, product, action, result string
	objectID, objectName, session, person, source  string
	before, after                                  []byte // as kept: sealed if they are personal
}

// format goes into each hash, so that a later form of the encoding cannot be taken for this one.
const format = "kontor journal 1"

// hash chains l to its predecessor. Every field is preceded by its length: no two entries have the same encoding.
func (l link) hash(previous []byte) []byte {
	b := make([]byte, 0, 512)
	b = field(b, []byte(format))
	b = field(b, previous)
	b = binary.BigEndian.AppendUint64(b, uint64(l.seq))
	b = binary.BigEndian.AppendUint64(b, uint64(l.id))
	for _, s := range [...]string{
		l.organization, l.account, l.product, l.action, l.result,
		l.objectID, l.objectName, l.session, l.person, l.source,
	} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	b = field(b, l.before)
	b = field(b, l.after)
	sum := sha256.Sum256(b)
	return sum[:]
}

func field(b, v []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(v)))
	return append(b, v...)
}
