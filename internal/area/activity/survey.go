package activity

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// Outline is what a file looks like before it is imported.
type Outline struct {
	Columns   []string
	Suggested Mapping    // as the last file of this kind was read, or by what the columns are called
	Known     bool       // it was read before
	Samples   [][]string // the first rows
}

// MaxSamples is how many rows an outline or a preview shows.
const MaxSamples = 8

// Inspect reads the columns of a file and guesses what they mean. It looks at all of it: a key of JSON may appear late.
func (s *Service) Inspect(ctx context.Context, data string, progress func(done, total int64)) (Outline, error) {
	actor, err := access.Require(ctx, access.ViewJournal)
	if err != nil {
		return Outline{}, err
	}
	sh, err := openSheet(data, watcher(ctx, len(data), progress))
	if err != nil {
		return Outline{}, err
	}
	o := Outline{Columns: sh.names(), Samples: [][]string{}}
	if o.Suggested, o.Known, err = s.recall(ctx, actor.OrganizationID, sh.columns); err != nil {
		return Outline{}, err
	}
	enough := fault.New(fault.Canceled, "")
	err = sh.each(func(rec *record, _ int) error {
		if rec.fault == "" {
			row := make([]string, len(sh.columns))
			for i, c := range sh.columns {
				row[i] = cut(text.OneLine(rec.value(c)), MaxName)
			}
			o.Samples = append(o.Samples, row)
		}
		if len(o.Samples) == MaxSamples {
			return enough
		}
		return nil
	})
	if err == enough { //nolint:errorlint // it is the same
		err = nil
	}
	return o, err
}

func watcher(ctx context.Context, total int, progress func(done, total int64)) func(done int) error {
	return func(done int) error {
		if ctx.Err() != nil {
			return fault.Wrap(ctx.Err(), fault.Canceled, "")
		}
		if progress != nil {
			progress(int64(done), int64(total))
		}
		return nil
	}
}

// Choice is a word of a file for which the person may choose what becomes of it.
type Choice struct {
	Field Field
	Word  string
	Rows  int
	Taken string // an id, Keep, Leave, or "" where a choice is needed
}

// Survey is what a file holds under a mapping.
type Survey struct {
	Rows     int
	Choices  []Choice
	More     map[Field]int   // words that Choices does not list; they stay as they are written
	Question *input.Question // whether the day or the month comes first, if nothing in the file tells
}

// maxChoices is how many words of a field a survey lists, the most frequent ones.
const maxChoices = 300

// Survey counts the words of a file and finds what has to be asked.
func (s *Service) Survey(ctx context.Context, data string, m Mapping, progress func(done, total int64)) (Survey, error) {
	if _, err := access.Require(ctx, access.ViewJournal); err != nil {
		return Survey{}, err
	}
	watch := watcher(ctx, len(data), progress)
	sh, err := openSheet(data, watch)
	if err != nil {
		return Survey{}, err
	}
	if err := m.check(sh.names()); err != nil {
		return Survey{}, err
	}
	t := m.taker(sh.columns, s.db.Now())
	t.moments = input.NewMoments("", m.zone()) // an answer from before does not hide the question
	counts := map[Field]map[string]int{}
	for _, f := range wordFields {
		if _, there := t.at[f]; there {
			counts[f] = map[string]int{}
		}
	}
	out := Survey{Choices: []Choice{}, More: map[Field]int{}}
	err = sh.each(func(rec *record, done int) error {
		if out.Rows++; out.Rows%1000 == 0 {
			if err := watch(done); err != nil {
				return err
			}
		}
		if rec.fault != "" {
			return nil
		}
		t.moments.Add(rec.line, t.cell(rec, FieldMoment))
		for f, words := range counts {
			word := cut(text.OneLine(t.cell(rec, f)), MaxName)
			if _, seen := words[word]; word != "" && (seen || len(words) <= maxKept) {
				words[word]++
			}
		}
		return nil
	})
	for _, f := range wordFields {
		list := []Choice{}
		for word, rows := range counts[f] {
			taken := m.Words[f][word]
			if taken == "" {
				taken = usual(f, word)
			}
			list = append(list, Choice{f, word, rows, taken})
		}
		slices.SortFunc(list, func(a, b Choice) int {
			return cmp.Or(cmp.Compare(b.Rows, a.Rows), strings.Compare(a.Word, b.Word))
		})
		if len(list) > maxChoices {
			out.More[f] = len(list) - maxChoices
			list = list[:maxChoices]
		}
		out.Choices = append(out.Choices, list...)
	}
	out.Question = t.moments.Question()
	return out, err
}

// remembered is a mapping as the workspace keeps it.
type remembered struct {
	Source  string                      `json:"source"`
	Columns map[Field]string            `json:"columns"`
	Fixed   map[Field]string            `json:"fixed"`
	Words   map[Field]map[string]string `json:"words"`
	Order   string                      `json:"order"`
}

// remember keeps a mapping for the next file of its source; without one, of its columns.
func (s *Service) remember(ctx context.Context, tx *sqlite.Tx, organization string, m Mapping) error {
	key := text.Fold(m.Source)
	if key == "" {
		for _, f := range Fields() {
			key += m.Columns[f] + "\n"
		}
	}
	kept, err := json.Marshal(remembered{m.Source, m.Columns, m.Fixed, m.Words, m.Order})
	if err != nil {
		return fault.Wrap(err, fault.Internal, "")
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO journal_mapping (organization, source, mapping, used_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (organization, source) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at`,
		organization, key, string(kept), sqlite.Millis(tx.Now))
	return err
}

// recall is the mapping of the last file that came from the same source, with the columns that this one has. A file whose
// service is not known belongs to the last source all of whose columns it has.
func (s *Service) recall(ctx context.Context, organization string, columns []column) (m Mapping, before bool, err error) {
	m = Mapping{Columns: suggest(columns), Fixed: map[Field]string{}}
	known, _, is := recognised(columns)
	m.Source = known.name
	type row struct{ source, mapping string }
	rows, err := sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (x row, err error) {
		return x, r.Scan(&x.source, &x.mapping)
	}, "SELECT source, mapping FROM journal_mapping WHERE organization = ? ORDER BY used_at DESC", organization)
	if err != nil {
		return m, false, err
	}
	for _, x := range rows {
		var kept remembered
		if json.Unmarshal([]byte(x.mapping), &kept) != nil || is && x.source != text.Fold(known.name) {
			continue
		}
		whole := true
		for _, name := range kept.Columns {
			whole = whole && (name == "" || slices.ContainsFunc(columns, func(c column) bool { return c.name == name }))
		}
		if whole {
			// A column that the other file did not have is read as it is called.
			if kept.Columns == nil {
				kept.Columns = map[Field]string{}
			}
			taken := slices.Collect(maps.Values(kept.Columns))
			for field, name := range m.Columns {
				if _, told := kept.Columns[field]; !told && !slices.Contains(taken, name) {
					kept.Columns[field] = name
				}
			}
			return Mapping{Source: kept.Source, Columns: kept.Columns, Fixed: kept.Fixed, Words: kept.Words, Order: kept.Order}, true, nil
		}
		if is { // another form of that source's files: what its words mean stays
			m.Words = kept.Words
		}
	}
	return m, false, nil
}

// Trial reads a file as an import would that takes what is suggested, without a workspace, and counts the rows that became
// entries, were left out, and were set aside. It is for trying many files.
func Trial(data string, now time.Time) (taken, aside int, err error) {
	watch := func(int) error { return nil }
	sh, err := openSheet(data, watch)
	if err != nil {
		return 0, 0, err
	}
	m := Mapping{Columns: suggest(sh.columns), Source: "trial"}
	if err := m.check(sh.names()); err != nil {
		return 0, 0, err
	}
	got := &readFile{sheet: sh, taker: m.taker(sh.columns, now)}
	if err := got.order(watch); err != nil {
		return 0, 0, err
	}
	err = sh.each(func(rec *record, _ int) error {
		if _, _, reason := got.taker.draft(rec); reason == "" {
			taken++
		} else {
			aside++
		}
		return nil
	})
	return taken, aside, err
}
