package payment

import (
	"time"

	"kontor/internal/core/day"
)

// Unpriced is what ends on a known day, and of which nobody has noted a price: it stands in no sum, and is named beside it.
type Unpriced struct {
	Count int       // that were read lately
	Stale int       // that were read too long ago: named, not counted
	First string    // the name of the first to end
	Ends  day.Day   // its day
	At    time.Time // the oldest reading
}
