package mirror

import "time"

// longest is the longest pause that is ever made. What is further away was written when the computer's clock went ahead.
const longest = 24 * time.Hour

// asOf leaves out what of a connection can only have been written by a clock that went ahead, and was set right since.
func (c connection) asOf(now time.Time) connection {
	if c.next.After(now.Add(longest)) {
		c.next = time.Time{}
	}
	if c.asked.After(now) {
		c.asked = time.Time{}
	}
	return c
}

// asOf does the same for a verdict: what was checked in the future is to be checked again.
func (v verdict) asOf(now time.Time) verdict {
	if v.next.After(now.Add(longest)) {
		v.next = time.Time{}
	}
	if v.checked.After(now) {
		v.checked = time.Time{}
	}
	return v
}
