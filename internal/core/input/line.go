package input

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// Line reads one line of free text: clean, with single blanks. most is in characters, as text.Length counts them.
//
// Refusals: required; looks_like_card; not_text; turns_direction (invisible signs would show a part of it elsewhere);
// too_long. What is refused is not given back.
func Line(c *fault.Check, field, typed string, most int, required bool) string {
	return free(c, field, typed, most, required, func(s string) (string, error) {
		s, err := text.Clean(s)
		return text.Line(s), err
	})
}

// LongText reads free text of several lines. Blank ends of lines and of the whole go, all else stays.
func LongText(c *fault.Check, field, typed string, most int, required bool) string {
	return free(c, field, typed, most, required, func(s string) (string, error) {
		s, err := text.CleanLong(s)
		lines := strings.Split(s, "\n")
		for i, l := range lines {
			lines[i] = strings.TrimRightFunc(l, unicode.IsSpace)
		}
		return strings.TrimSpace(strings.Join(lines, "\n")), err
	})
}

// Name reads the name of somebody or something: a line in which there is at least one letter or digit to be seen
// (refusal: no_letters).
func Name(c *fault.Check, field, typed string, most int, required bool) string {
	name := Line(c, field, typed, most, required)
	if name != "" && !text.Readable(name) {
		c.Refuse(field, "no_letters")
		return ""
	}
	return name
}

// Code reads a code that somebody else made: any visible signs, without blanks (refusal: code_blank). What cannot be seen
// and the blanks around it come along when it is copied, and go.
func Code(c *fault.Check, field, typed string, most int, required bool) string {
	code := text.Bare(typed)
	switch refusal := CodeRefusal(code, most); {
	case code == "" && !required:
	case refusal == "too_long":
		c.Refuse(field, refusal, "max", strconv.Itoa(most))
	case refusal != "":
		c.Refuse(field, refusal)
	default:
		return code
	}
	return ""
}

// CodeRefusal is why Code refuses a code that text.Bare has tidied, or "".
func CodeRefusal(code string, most int) string {
	_, err := text.Clean(code)
	switch {
	case code == "":
		return "required"
	case text.Length(code) > most:
		return "too_long"
	case err != nil || strings.ContainsFunc(code, unicode.IsSpace):
		return "code_blank"
	}
	return ""
}

// maxBytes is how many bytes a character may have on the average: emoji of families have more than twenty.
const maxBytes = 32

func free(c *fault.Check, field, typed string, most int, required bool, clean func(string) (string, error)) string {
	if len(typed) > 4096+maxBytes*most { // far too long to look at
		c.Refuse(field, "too_long", "max", strconv.Itoa(most))
		return ""
	}
	tidied, err := clean(typed)
	switch {
	case errors.Is(err, text.ErrDirection):
		c.Refuse(field, "turns_direction")
	case err != nil:
		c.Refuse(field, "not_text")
	case HasCard(typed):
		c.Refuse(field, "looks_like_card")
	case tidied == "" && required:
		c.Refuse(field, "required")
	case text.Length(tidied) > most:
		c.Refuse(field, "too_long", "max", strconv.Itoa(most))
	default:
		return tidied
	}
	return ""
}
