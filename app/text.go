package app

import (
	"encoding/base64"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
)

func unwrap(field, data string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		var c fault.Check
		c.Refuse(field, "not_text")
		return nil, c.Err()
	}
	return raw, nil
}

func dayText(d day.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}
