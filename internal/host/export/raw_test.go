package export

// What writes the cells of a row, for the tests of this package only.
var (
	RawCSV      = newCSV
	RawLines    = newLines
	RawWorkbook = newWorkbook
)

// Rows is what every form of file has.
type Rows = rows
