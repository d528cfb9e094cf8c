//go:build !windows && !darwin && !(linux && cgo && webkit2_41)

package clipboard

import "errors"

// native is none: these builds have no window.
type native struct{}

func (native) put(string, bool) (uint64, error) { return 0, errors.New("clipboard: there is none") }
func (native) clear(uint64)                     {}
