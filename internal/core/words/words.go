// Package words says what Kontor has to say outside the window (mails, notifications, calendars, papers, files) in the
// words, figures and days of whoever reads it. The texts are those of the window: frontend/messages, one file for each
// language and area, is embedded here and served to the page. A test in internal/dev/wordcheck finds every key and
// every code of the program that has no words.
package words

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"kontor/frontend/messages"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/text"
)

// Book is the texts in one language, with the figures of one region. It never changes and may be shared.
type Book struct {
	Locale
	texts map[string]message
}

// For is the book of a locale.
func For(l Locale) *Book {
	l = In(l.Language, l.Region)
	return &Book{l, textsIn(l.Language)}
}

var (
	mu   sync.Mutex
	read = map[string]map[string]message{}
)

// textsIn reads a language once, when somebody asks for it: the start of the program needs none.
func textsIn(language string) map[string]message {
	mu.Lock()
	defer mu.Unlock()
	if texts := read[language]; texts != nil {
		return texts
	}
	texts := map[string]message{}
	files, err := messages.Files.ReadDir(language)
	if err != nil {
		panic(fmt.Sprintf("words: %v", err)) // the files are part of the program
	}
	for _, f := range files {
		data, err := messages.Files.ReadFile(language + "/" + f.Name())
		if err != nil {
			panic(fmt.Sprintf("words: %v", err))
		}
		some, err := messagesOf(data)
		if err != nil {
			panic(fmt.Sprintf("words: %s/%s: %v", language, f.Name(), err))
		}
		for key, m := range some {
			texts[key] = m
		}
	}
	read[language] = texts
	return texts
}

// argument is what fills a place.
type argument struct {
	text  string
	count int64 // of a whole number, for its plural
	whole bool
}

// T is the text of a key. Arguments come as name, value pairs: text stands as it is, whole numbers are written in the
// region's figures and choose the plural, amounts carry their currency, days are written out. A key without words is the
// key itself, so that nothing stays empty; a test finds it first.
func (b *Book) T(key string, args ...any) string {
	if text, ok := b.Lookup(key, args...); ok {
		return text
	}
	return key
}

// Of is the text of an id under a prefix: Of("quote_state_", q.State). A test holds that every constant of the id's type
// has words under that prefix.
func Of[ID ~string](b *Book, prefix string, id ID, args ...any) string {
	if text, ok := b.Lookup(prefix+string(id), args...); ok {
		return text
	}
	return string(id)
}

// Lookup is the text of a key that comes from elsewhere, and whether there is one.
func (b *Book) Lookup(key string, args ...any) (string, bool) {
	m, ok := b.texts[key]
	if !ok {
		return "", false
	}
	given := make(map[string]argument, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		given[fmt.Sprint(args[i])] = b.argument(args[i+1])
	}
	return m.say(b.Language, given), true
}

func (b *Book) argument(value any) argument {
	switch v := value.(type) {
	case int:
		return b.counted(int64(v))
	case int64:
		return b.counted(v)
	case money.Amount:
		return argument{text: b.Money(v)}
	case day.Day:
		return argument{text: b.Day(v)}
	case time.Time:
		return argument{text: b.Moment(v)}
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil { // parameters of a code travel as text
			return argument{text: v, count: n, whole: true}
		}
		return argument{text: v}
	}
	return argument{text: fmt.Sprint(value)}
}

func (b *Book) counted(n int64) argument {
	return argument{text: b.Number(strconv.FormatInt(n, 10)), count: n, whole: true}
}

// Has tells whether there are words for a key.
func (b *Book) Has(key string) bool { _, ok := b.texts[key]; return ok }

// Keys are all keys, without order.
func Keys() []string {
	texts := textsIn("en")
	keys := make([]string, 0, len(texts))
	for key := range texts {
		keys = append(keys, key)
	}
	return keys
}

// Names finds ids by what they are called: by the text of their keys in every language, and by their other names. It is
// keyed by the folded name (package text), so that case and accents do not matter.
func Names[ID ~string](keys map[ID]string, others map[ID][]string) map[string]ID {
	ids := map[string]ID{}
	for id, names := range others {
		for _, name := range names {
			ids[text.Fold(name)] = id
		}
	}
	for id, key := range keys {
		for _, language := range Languages {
			if name, ok := For(Locale{Language: language}).Lookup(key); ok {
				ids[text.Fold(name)] = id
			}
		}
	}
	return ids
}
