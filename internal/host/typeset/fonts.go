package typeset

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"sync"

	"github.com/carlos7ags/folio/font"
)

//go:embed fonts/*.ttf.gz
var files embed.FS

// face is a font of the program's own, read when the first character needs it.
type face func() font.Face

func load(name string) face {
	return sync.OnceValue(func() font.Face {
		f, err := read("fonts/" + name + ".ttf.gz")
		if err != nil {
			panic(err) // it is part of the program
		}
		return f
	})
}

func read(name string) (font.Face, error) {
	packed, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(zip)
	if err != nil {
		return nil, err
	}
	return font.ParseTTF(data)
}

// The fonts, in the order in which they are asked for a character: Latin, Greek, Cyrillic and Vietnamese; Hebrew;
// Arabic; Chinese, Japanese and Korean. The last is there in one weight.
var (
	eastern = load("DroidSansFallback")
	regular = []face{load("NotoSans-Regular"), load("NotoSansHebrew-Regular"), load("NotoSansArabic-Regular"), eastern}
	bold    = []face{load("NotoSans-Bold"), load("NotoSansHebrew-Bold"), load("NotoSansArabic-Bold"), eastern}
)
