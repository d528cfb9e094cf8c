package activity

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"kontor/internal/core/access"
	"kontor/internal/core/find"
)

// soon is how long the search over everything counts entries; then it says "more than".
const soon = 15 * time.Millisecond

// Find looks for entries with the words of a question, newest first: in the organization's journal for those who may view
// it, else in one's own.
func (s *Service) Find(ctx context.Context, question find.Question) (f find.Found, err error) {
	search, route := Search{Scope: Own}, "/activity"
	if access.From(ctx).Can(access.ViewJournal) {
		search.Scope, route = Organization, "/activity/organization"
	}
	for _, word := range question.Words {
		if strings.IndexFunc(word, func(r rune) bool { return unicode.In(r, unicode.L, unicode.N) }) >= 0 {
			search.Query = append(search.Query, Term{Key: KeyText, Values: []string{word}})
		}
	}
	var list []Entry
	err = s.look(ctx, search, func(v *view) error {
		total, err := s.total(ctx, v, search)
		f.Searched = int(total)
		if err != nil || len(search.Query) == 0 {
			return err
		}
		if list, err = v.entries(ctx, 0, 0, question.Limit); err != nil || len(list) == 0 {
			return err
		}
		n, _, err := v.count(ctx, *v.plan, time.Now().Add(soon))
		f.Total, f.More = max(int(n.N), len(list)), n.More
		return err
	})
	if err != nil || len(list) == 0 {
		return f, err
	}
	views, err := s.entryViews(ctx, list)
	for _, v := range views {
		f.Hits = append(f.Hits, find.Hit{
			ID: v.ID, Title: v.Object, Route: route + "?" + url.Values{"q": {search.Query.String()}, "row": {v.ID}}.Encode(), // where it is marked among those that were found
			Params: map[string]string{
				"action": v.Action, "product": v.Product, "object": v.Object, "person": v.Account, "at": v.At, "imported": strconv.FormatBool(v.Imported),
			},
		})
	}
	return f, err
}
