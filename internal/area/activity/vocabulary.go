package activity

import (
	"strings"

	book "kontor/internal/core/words"
	"kontor/internal/host/audit"
)

// fieldsByWord are the fields by what a language calls their columns, so that an export of this program is understood
// again. Of the two columns that name who acted, the exact one counts.
func fieldsByWord(b *book.Book) map[string]Field {
	fields := map[string]Field{strings.ToLower(columnWord(b, columnAccountID)): FieldAccount}
	for _, f := range Fields() {
		if f != FieldAccount {
			fields[strings.ToLower(columnWord(b, string(f)))] = f
		}
	}
	return fields
}

// idsByWord are products, results and actions by what a language calls them, for files that people edited. A word that
// two kinds share is the action's: a product is rarely typed.
func idsByWord(b *book.Book) map[string]string {
	ids := map[string]string{}
	for _, p := range Products() {
		ids[strings.ToLower(book.Of(b, "act_product_", p))] = string(p)
	}
	for _, r := range Results() {
		ids[strings.ToLower(book.Of(b, "act_result_", r))] = string(r)
	}
	for _, a := range Actions() {
		ids[strings.ToLower(book.Of(b, "act_action_", a))] = string(a)
	}
	return ids
}

// columnWord is what a language calls a column of an export.
func columnWord(b *book.Book, column string) string { return book.Of(b, "act_column_", Field(column)) }

// valueWord is what a language calls the value of a column.
func valueWord(b *book.Book, column, value string) string {
	switch column {
	case string(FieldProduct):
		return book.Of(b, "act_product_", audit.Product(value))
	case string(FieldAction):
		return book.Of(b, "act_action_", audit.Action(value))
	case string(FieldResult):
		return book.Of(b, "act_result_", audit.Result(value))
	case columnSource:
		if value == SourceOwn {
			return b.T("activity_source_own")
		}
		return b.T("activity_source_imported")
	}
	return value
}
