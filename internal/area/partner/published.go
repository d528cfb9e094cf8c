package partner

import (
	"context"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/derivation"
)

// Asked is a question to the lists that come with the program, as it is typed where there is no page to choose from.
type Asked struct {
	Product  string // its name as the list has it, its id, or the beginning of one alone
	Currency string
	Question // Book and Line are found
}

// Published answers from what comes with the program alone: its lists, steps, terms and VAT, and nothing of any
// organization's, so nobody has to be signed in. Error: Invalid at product, and what Simulate refuses.
func (s *Service) Published(ctx context.Context, asked Asked) (AnswerView, error) {
	books, err := readBooks(ctx, s.db.Reader(), "")
	if err != nil {
		return AnswerView{}, err
	}
	var c fault.Check
	book, found := offered(books, money.Currency(asked.Currency), s.today(ctx))
	if !found {
		c.Refuse("currency", "not_a_choice")
		return AnswerView{}, c.Err()
	}
	asked.Book, asked.Line = book.ID, ""
	wanted, fits := text.Fold(asked.Product), 0
	for _, l := range book.Lines {
		whole, part := called(l, wanted)
		if whole {
			asked.Line, fits = l.ID, 1
			break
		}
		if part {
			asked.Line = l.ID
			fits++
		}
	}
	if fits != 1 {
		c.Refuse("product", "not_a_choice")
		return AnswerView{}, c.Err()
	}
	a, err := s.answer(ctx, access.Actor{}, asked.Question)
	if err != nil {
		return AnswerView{}, err
	}
	return answerView(a), nil
}

// called tells whether a product is called so, in any language, and whether one of its names begins so.
func called(l pricing.Line, wanted string) (whole, part bool) {
	names := []string{text.Fold(l.Product)}
	for _, language := range words.Languages {
		names = append(names, text.Fold(derivation.Product(words.For(words.In(language, "")), l)))
	}
	for _, n := range names {
		whole = whole || n == wanted
		part = part || wanted != "" && strings.HasPrefix(n, wanted)
	}
	return whole, part
}

// PublishedProducts are the names of what Published can be asked for in a currency.
func (s *Service) PublishedProducts(ctx context.Context, currency string, reader words.Locale) ([]string, error) {
	books, err := readBooks(ctx, s.db.Reader(), "")
	if err != nil {
		return nil, err
	}
	names := []string{}
	book, _ := offered(books, money.Currency(currency), s.today(ctx))
	for _, l := range book.Lines {
		names = append(names, derivation.Product(words.For(reader), l))
	}
	return names, nil
}
