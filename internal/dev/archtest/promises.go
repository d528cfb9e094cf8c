package archtest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// promises is the page whose promises name the tests that hold them, in the last column of its tables.
const promises = "build/docs/threat-model.md"

var (
	namedTest = regexp.MustCompile("`([a-z0-9]+)\\.((?:Test|Fuzz)\\w+)`")
	testFunc  = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(\w+ \*testing\.`)
)

// CheckPromises returns what is wrong with the promises of the threat model: a row that names no test, and a test that
// is not there. A test is named as `package.Test`, by the package's folder.
func CheckPromises(project fs.FS) ([]string, error) {
	tests, err := testsOf(project)
	if err != nil {
		return nil, err
	}
	page, err := fs.ReadFile(project, promises)
	if err != nil {
		return nil, err
	}
	breaches := []string{}
	rows := 0
	for i, line := range strings.Split(string(page), "\n") {
		at := fmt.Sprintf("%s:%d", promises, i+1)
		for _, named := range namedTest.FindAllStringSubmatch(line, -1) {
			if !tests[named[1]+"."+named[2]] {
				breaches = append(breaches, fmt.Sprintf("%s: there is no test %s.%s", at, named[1], named[2]))
			}
		}
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") || strings.HasSuffix(line, "| Test |") {
			continue
		}
		rows++
		cells := strings.Split(strings.TrimSuffix(strings.TrimSpace(line), "|"), "|")
		if !namedTest.MatchString(cells[len(cells)-1]) {
			breaches = append(breaches, at+": this promise names no test that would fail if it were false")
		}
	}
	if rows == 0 {
		breaches = append(breaches, promises+" makes no promise")
	}
	return breaches, nil
}

// testsOf lists the project's tests as package.Test, by folder; the program itself is "main".
func testsOf(project fs.FS) (map[string]bool, error) {
	tests := map[string]bool{}
	err := fs.WalkDir(project, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == ".cache") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(project, name)
		if err != nil {
			return err
		}
		folder := path.Base(path.Dir(name))
		if folder == "." {
			folder = "main"
		}
		for _, f := range testFunc.FindAllSubmatch(text, -1) {
			tests[folder+"."+string(f[1])] = true
		}
		return nil
	})
	return tests, err
}
