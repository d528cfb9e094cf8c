package window

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// The window's sizes in logical pixels.
const (
	MinWidth, MinHeight         = 800, 600
	defaultWidth, defaultHeight = 1280, 800
	largest                     = 1 << 14

	// titleBar is how tall a title bar is taken to be, and reach how much of it must be on the screen to drag it.
	titleBar = 32
	reach    = 100

	geometryFile = "window.json"
	geometryMax  = 4 << 10 // bytes
)

// size is the size of a screen.
type size struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// geometry is what is remembered of the window.
type geometry struct {
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Maximised bool   `json:"maximised"`
	Placed    bool   `json:"placed"` // X and Y mean something; they do not where the system places windows (Wayland)
	X         int    `json:"x"`
	Y         int    `json:"y"`
	Screens   []size `json:"screens"` // that were there
}

// equal compares what is written.
func (g geometry) equal(o geometry) bool {
	return slices.Equal(g.Screens, o.Screens) && g.Width == o.Width && g.Height == o.Height && g.Maximised == o.Maximised &&
		g.Placed == o.Placed && g.X == o.X && g.Y == o.Y
}

// fallback is the window of a first start.
func fallback() geometry { return geometry{Width: defaultWidth, Height: defaultHeight} }

// load reads what was remembered; a file that is missing or makes no sense counts as a first start.
func load(dir string) geometry {
	b, err := os.ReadFile(filepath.Join(dir, geometryFile))
	if err != nil {
		return fallback()
	}
	return parse(b)
}

func parse(b []byte) geometry {
	if len(b) > geometryMax {
		return fallback()
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var g geometry
	if err := d.Decode(&g); err != nil {
		return fallback()
	}
	if g.Width < MinWidth || g.Width > largest || g.Height < MinHeight || g.Height > largest ||
		g.X < -largest || g.X > largest || g.Y < -largest || g.Y > largest {
		return fallback()
	}
	return g
}

// save writes the file whole or not at all.
func (g geometry) save(dir string) error {
	b, err := json.Marshal(g)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, geometryFile+".*")
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the workspace was removed
	}
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(b)
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), filepath.Join(dir, geometryFile))
}

// clamp fits a remembered window to the screens that there are now: not larger than the largest of them, and placed
// only where its title bar can be reached; otherwise it is left to be centred. Only sizes of screens are known, not
// where they stand. So with one screen the place is checked against it; with several it is trusted only if they are
// the same as when it was remembered.
func clamp(g geometry, screens []size) geometry {
	if len(screens) == 0 {
		g.Placed = false
		return g
	}
	most := size{}
	for _, s := range screens {
		most.Width, most.Height = max(most.Width, s.Width), max(most.Height, s.Height)
	}
	g.Width = max(min(g.Width, most.Width), MinWidth)
	g.Height = max(min(g.Height, most.Height), MinHeight)
	if len(screens) > 1 {
		g.Placed = g.Placed && slices.Equal(g.Screens, screens)
	} else {
		s := screens[0]
		g.Placed = g.Placed && g.X+g.Width >= reach && g.X <= s.Width-reach && g.Y >= 0 && g.Y <= s.Height-titleBar
	}
	if !g.Placed {
		g.X, g.Y = 0, 0
	}
	return g
}
