// Command packages lays out what is packed for a person to install: for each package a tree as it will lie on the disk,
// with the desktop entry, the metainfo and the file types in five languages, the icons in every size, the changelog; and
// what the installers of the other systems need beside the program. It builds no program and calls no packer, see
// scripts/package. The same sources, version and moment make the same bytes.
//
//	packages -version 1.2.3 -epoch 1767225600 -into .cache/package
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// identifier names the program among all programs of all people, in the way of AppStream, Flatpak and macOS. Once something
// was published under it, it stays.
const identifier = "io.github.kontor_desktop.Kontor"

// notices are the licences of the work of others, which go with every copy.
const notices = "frontend/src/areas/settings/notices.txt"

// release is which program is packed.
type release struct {
	Version string    // as a person reads it: 1.2.3, or 0.0.0+git20260102.abcdef0
	At      time.Time // of its last change, UTC
}

func main() {
	r := release{}
	flag.StringVar(&r.Version, "version", "", "version")
	epoch := flag.Int64("epoch", 0, "moment of the last change, seconds since 1970")
	into := flag.String("into", "", "folder")
	flag.Parse()
	r.At = time.Unix(*epoch, 0).UTC()
	if err := stage(context.Background(), r, *into); err != nil {
		fmt.Fprintln(os.Stderr, "packages:", err)
		os.Exit(1)
	}
}

// stage lays everything out below a folder: kontor and kontor-cli are trees of packages, windows and darwin hold what is
// beside the program there.
func stage(ctx context.Context, r release, into string) error {
	pictures, err := icons(ctx)
	if err != nil {
		return err
	}
	share := filepath.Join(into, "kontor", "usr", "share")
	files := map[string][]byte{
		filepath.Join(share, "applications", "kontor.desktop"):                              desktopEntry(),
		filepath.Join(share, "metainfo", identifier+".metainfo.xml"):                        metainfo(r),
		filepath.Join(share, "mime", "packages", "kontor.xml"):                              fileTypes(),
		filepath.Join(share, "icons", "hicolor", "scalable", "apps", "kontor.svg"):          pictures.drawing,
		filepath.Join(into, "windows", "kontor.ico"):                                        ico(pictures),
		filepath.Join(into, "darwin", "Kontor.app", "Contents", "Resources", "kontor.icns"): icns(pictures),
		filepath.Join(into, "darwin", "Kontor.app", "Contents", "Info.plist"):               infoPlist(r),
		filepath.Join(into, "windows", "texts.nsh"):                                         installerTexts(),
		filepath.Join(into, "windows", "winres.json"):                                       windowsResources(r),
	}
	text, err := copyright()
	if err != nil {
		return err
	}
	others, err := os.ReadFile(notices)
	if err != nil {
		return err
	}
	for _, name := range []string{"kontor", "kontor-cli"} {
		doc := filepath.Join(into, name, "usr", "share", "doc", name)
		files[filepath.Join(doc, "copyright")], files[filepath.Join(doc, "notices.txt")] = text, others
		files[filepath.Join(doc, "changelog.Debian")] = changelog(name, r)
		files[filepath.Join(into, name, "usr", "share", "lintian", "overrides", name)] = excused(name)
	}
	for _, side := range sides {
		if side <= 512 {
			size := strconv.Itoa(side)
			files[filepath.Join(share, "icons", "hicolor", size+"x"+size, "apps", "kontor.png")] = pictures.png[side]
		}
		files[filepath.Join(into, "windows", fmt.Sprintf("kontor-%d.png", side))] = pictures.png[side]
	}
	for path, data := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
