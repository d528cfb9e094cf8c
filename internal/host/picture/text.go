package picture

import (
	"encoding/base64"
	"strconv"
	"strings"

	"kontor/internal/core/fault"
)

// Heavy says that a file is larger than a picture, or a photo, may be.
func Heavy(photo bool) error {
	most := MaxBytes
	if photo {
		most = MaxPhotoBytes
	}
	return fault.New(fault.Invalid, ReasonHeavy).With("max", strconv.Itoa(most>>20))
}

// FromText reads a file that the window has sent as base64 text. One that is too large to be a picture is refused before
// it is decoded.
func FromText(data string) ([]byte, error) {
	if base64.StdEncoding.DecodedLen(len(data)) > MaxPhotoBytes+3 {
		return nil, Heavy(true)
	}
	file, err := base64.StdEncoding.DecodeString(strings.TrimSpace(data))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, ReasonUnknown)
	}
	return file, nil
}
