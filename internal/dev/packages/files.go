package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"kontor/internal/host/ownfile"
)

// ownType is a kind of the program's own files, as the systems are told of it.
type ownType struct {
	kind  ownfile.Kind
	name  string // in its MIME type, and the names that Windows and macOS know it by
	words func(said) string
}

var ownTypes = []ownType{
	{ownfile.Backup, "backup", func(t said) string { return t.Backup }},
	{ownfile.Organization, "organization", func(t said) string { return t.Organization }},
	{ownfile.Signed, "signed", func(t said) string { return t.Signed }},
}

func (t ownType) mime() string { return "application/x-kontor-" + t.name }

// local is a key of a desktop entry in a language.
func local(key, language string) string {
	if language == texts[0].Language {
		return key
	}
	return key + "[" + language + "]"
}

// desktopEntry is what the menus show. Its window says the same name, see window.Run: a dock finds the icon by it.
func desktopEntry() []byte {
	var b bytes.Buffer
	b.WriteString("[Desktop Entry]\nType=Application\nName=Kontor\n")
	for _, t := range texts {
		fmt.Fprintf(&b, "%s=%s\n", local("GenericName", t.Language), t.Generic)
		fmt.Fprintf(&b, "%s=%s\n", local("Comment", t.Language), t.Summary)
		fmt.Fprintf(&b, "%s=%s\n", local("Keywords", t.Language), t.Words)
	}
	// GNOME's key: the one of the specification is refused by the validator of Debian 12.
	b.WriteString("Exec=kontor %f\nIcon=kontor\nMimeType=")
	for _, t := range ownTypes {
		b.WriteString(t.mime() + ";")
	}
	b.WriteString("\nTerminal=false\nCategories=Office;Finance;\nStartupNotify=true\nStartupWMClass=kontor\nX-GNOME-SingleWindow=true\n")
	return b.Bytes()
}

func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}

func element(b *bytes.Buffer, indent, name, language, text string) {
	if language != "" && language != texts[0].Language {
		fmt.Fprintf(b, "%s<%s xml:lang=%q>%s</%s>\n", indent, name, language, escaped(text), name)
		return
	}
	fmt.Fprintf(b, "%s<%s>%s</%s>\n", indent, name, escaped(text), name)
}

// metainfo is what the software centres show.
func metainfo(r release) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<component type=\"desktop-application\">\n")
	element(&b, "  ", "id", "", identifier)
	element(&b, "  ", "name", "", "Kontor")
	for _, t := range texts {
		element(&b, "  ", "summary", t.Language, t.Summary)
	}
	b.WriteString("  <metadata_license>CC0-1.0</metadata_license>\n  <project_license>MIT</project_license>\n" +
		"  <developer id=\"io.github.kontor_desktop\">\n    <name translate=\"no\">Kontor contributors</name>\n  </developer>\n  <description>\n")
	for i := range texts[0].About {
		for _, t := range texts {
			element(&b, "    ", "p", t.Language, t.About[i])
		}
	}
	b.WriteString("  </description>\n  <launchable type=\"desktop-id\">kontor.desktop</launchable>\n  <icon type=\"stock\">kontor</icon>\n" +
		"  <categories>\n    <category>Office</category>\n    <category>Finance</category>\n  </categories>\n  <content_rating type=\"oars-1.1\"/>\n" +
		"  <languages>\n")
	for _, t := range texts {
		fmt.Fprintf(&b, "    <lang>%s</lang>\n", t.Language)
	}
	fmt.Fprintf(&b, "  </languages>\n  <provides>\n    <binary>kontor</binary>\n  </provides>\n  <releases>\n    <release version=%q date=%q/>\n  </releases>\n</component>\n",
		r.Version, r.At.Format(time.DateOnly))
	return b.Bytes()
}

// fileTypes names the program's own files for file managers. The desktop entry says that the program opens them.
func fileTypes() []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<mime-info xmlns=\"http://www.freedesktop.org/standards/shared-mime-info\">\n")
	for _, f := range ownTypes {
		fmt.Fprintf(&b, "  <mime-type type=%q>\n", f.mime())
		for _, t := range texts {
			element(&b, "    ", "comment", t.Language, f.words(t))
		}
		fmt.Fprintf(&b, "    <icon name=\"kontor\"/>\n    <glob pattern=\"*.%s\"/>\n  </mime-type>\n", f.kind)
	}
	b.WriteString("</mime-info>\n")
	return b.Bytes()
}

// changelog is what Debian wants to be told of a package. What changed from version to version is in the history of the source.
func changelog(name string, r release) []byte {
	return fmt.Appendf(nil, "%s (%s-1) unstable; urgency=low\n\n  * Built from the sources of this version.\n\n -- Kontor contributors <kontor@users.noreply.github.com>  %s\n",
		name, r.Version, r.At.Format(time.RFC1123Z))
}

// excused is what lintian finds and shall be so: the program is Go, linked whole.
func excused(name string) []byte {
	tags := map[string]string{"kontor": "embedded-library", "kontor-cli": "statically-linked-binary"}
	return fmt.Appendf(nil, "# Go links what it needs into the program.\n%[1]s: %[2]s *\n# It was never Debian's.\n%[1]s: initial-upload-closes-no-bugs *\n", name, tags[name])
}

// copyright is in the form that Debian's tools read; the notices of third parties follow as they are.
func copyright() ([]byte, error) {
	licence, err := os.ReadFile("LICENSE")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Kontor\n\n" +
		"Files: *\nCopyright: 2026 Kontor contributors\nLicense: Expat\n")
	_, text, _ := strings.Cut(string(licence), "\n\n") // below its title
	for line := range strings.Lines(strings.TrimSpace(text)) {
		if line = strings.TrimRight(line, "\n"); line == "" {
			line = "."
		}
		b.WriteString(" " + line + "\n")
	}
	b.WriteString("Comment: The work of others in the program, with their licences, is in notices.txt beside\n this file.\n")
	return b.Bytes(), nil
}

// numbers is the version that Windows and macOS take: figures and dots alone.
func (r release) numbers() string {
	found := regexp.MustCompile(`^\d+(\.\d+){0,2}`).FindString(r.Version)
	if found == "" {
		return "0.0.0"
	}
	return found
}

// windowsResources is the icon, the manifest and the version of the program, for go-winres.
func windowsResources(r release) []byte {
	icons := []string{}
	for _, side := range []int{16, 24, 32, 48, 64, 128, 256} {
		icons = append(icons, fmt.Sprintf("kontor-%d.png", side))
	}
	language := map[string]any{}
	fixed := map[string]string{"file_version": r.numbers() + ".0", "product_version": r.numbers() + ".0"}
	language["0409"] = map[string]string{
		"CompanyName": "Kontor contributors", "FileDescription": "Kontor", "ProductName": "Kontor", "OriginalFilename": "kontor.exe",
		"FileVersion": r.Version, "ProductVersion": r.Version, "LegalCopyright": "© 2026 Kontor contributors, MIT licence",
	}
	text, err := json.MarshalIndent(map[string]any{
		"RT_GROUP_ICON": map[string]any{"APP": map[string]any{"0000": icons}},
		"RT_MANIFEST": map[string]any{"#1": map[string]any{"0409": map[string]any{
			"identity": map[string]string{"name": "Kontor", "version": r.numbers() + ".0"}, "description": "Kontor", "minimum-os": "win10",
			"execution-level": "as invoker", "dpi-awareness": "per monitor v2", "long-path-aware": true, "use-common-controls-v6": true,
		}}},
		"RT_VERSION": map[string]any{"#1": map[string]any{"0000": map[string]any{"fixed": fixed, "info": language}}},
	}, "", "  ")
	if err != nil {
		panic(err) // it is made of texts
	}
	return text
}

// installerTexts are the words of the Windows installer, by its names of the languages.
func installerTexts() []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	for i, name := range []string{"ENGLISH", "ITALIAN", "SPANISH", "FRENCH", "GERMAN"} {
		fmt.Fprintf(&b, "LangString NoWebView ${LANG_%s} %q\n", name, texts[i].NoWebView)
	}
	return b.Bytes()
}

// infoPlist describes the bundle of macOS.
func infoPlist(r release) []byte {
	types, opened := "", ""
	for _, f := range ownTypes {
		types += fmt.Sprintf(`    <dict>
      <key>UTTypeIdentifier</key><string>%s.%s</string>
      <key>UTTypeDescription</key><string>%s</string>
      <key>UTTypeConformsTo</key><array><string>public.data</string></array>
      <key>UTTypeTagSpecification</key><dict><key>public.filename-extension</key><array><string>%s</string></array></dict>
    </dict>
`, identifier, f.name, escaped(f.words(texts[0])), f.kind)
		opened += fmt.Sprintf(`    <dict>
      <key>CFBundleTypeName</key><string>%s</string>
      <key>CFBundleTypeRole</key><string>Viewer</string>
      <key>LSHandlerRank</key><string>Owner</string>
      <key>LSItemContentTypes</key><array><string>%s.%s</string></array>
    </dict>
`, escaped(f.words(texts[0])), identifier, f.name)
	}
	languages := ""
	for _, t := range texts {
		languages += "<string>" + t.Language + "</string>"
	}
	return []byte(xml.Header + `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>CFBundleIdentifier</key><string>` + identifier + `</string>
  <key>CFBundleName</key><string>Kontor</string>
  <key>CFBundleExecutable</key><string>kontor</string>
  <key>CFBundleIconFile</key><string>kontor.icns</string>
  <key>CFBundlePackageType</key><string>APPL</string>
  <key>CFBundleShortVersionString</key><string>` + r.numbers() + `</string>
  <key>CFBundleVersion</key><string>` + r.numbers() + `</string>
  <key>CFBundleDevelopmentRegion</key><string>en</string>
  <key>CFBundleLocalizations</key><array>` + languages + `</array>
  <key>LSMinimumSystemVersion</key><string>12.0</string>
  <key>LSApplicationCategoryType</key><string>public.app-category.business</string>
  <key>NSHighResolutionCapable</key><true/>
  <key>UTExportedTypeDeclarations</key>
  <array>
` + types + `  </array>
  <key>CFBundleDocumentTypes</key>
  <array>
` + opened + `  </array>
</dict>
</plist>
`)
}
