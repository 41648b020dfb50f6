// Package internal holds no code: this test states who may import whom, and fails when somebody does otherwise.
//
// The rules keep the two halves apart (each must work with the other replaced by the real Postscript), keep
// deciding free of clocks and databases, and keep each vendor in one folder. They are part of the design;
// change docs/design.md first.
package internal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "rejoinder"

// pkg is one package as go list sees it, with its files parsed.
type pkg struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string // of GoFiles only: tests may import more

	reach []string // our packages it imports, directly or through others of ours
	files []*ast.File
	fset  *token.FileSet
}

// rule is one thing no package may do. check returns what the package does wrong, as sentences.
type rule struct {
	name  string
	check func(p pkg) []string
}

// pure packages decide; they are handed everything, the time included.
var pure = []string{
	"internal/fault", "internal/subscription", "internal/trigger", "internal/reply", "internal/message", "internal/waking",
	"internal/gather",
}

// adapters speak to one outside thing each. A folder name stands for everything below it.
var adapters = []string{
	"internal/bridge/source", "internal/texting/gateway", "internal/postscript/client", "internal/postscript/server",
}

const (
	river      = "github.com/riverqueue/river"
	pgxModule  = "github.com/jackc/pgx"
	phoneTable = "github.com/nyaruka/phonenumbers" // data about numbers: no network, no clock
)

var rules = []rule{
	{"pure packages import no network, database, operating system or vendor", func(p pkg) []string {
		if !under(p, pure...) {
			return nil
		}
		return imports(p, "a pure package may not import it", func(path string) bool {
			switch path {
			case "net/http", "database/sql", "os":
				return true
			case phoneTable:
				return false
			}
			return within(path, "os", "database/sql", "net/http") || vendor(path) && !within(path, "golang.org/x/text")
		})
	}},
	{"pure packages import only pure packages of ours", func(p pkg) []string {
		if !under(p, pure...) {
			return nil
		}
		return imports(p, "a pure package may not import it", func(path string) bool {
			return ours(path) && !inFolders(path, pure...)
		})
	}},
	{"pure packages never read the clock", func(p pkg) []string {
		if !under(p, pure...) {
			return nil
		}
		return clockReads(p)
	}},
	{"the halves do not know each other", func(p pkg) []string {
		bridge, texting := under(p, "internal/bridge"), under(p, "internal/texting")
		return reaches(p, "the two halves talk over Postscript's API alone", func(path string) bool {
			return bridge && inFolders(path, "internal/texting") || texting && inFolders(path, "internal/bridge")
		})
	}},
	{"the halves know no store, work, page or adapter", func(p pkg) []string {
		if !under(p, "internal/bridge", "internal/texting") || under(p, adapters...) {
			return nil
		}
		return reaches(p, "declare a port instead; app joins it", func(path string) bool {
			return inFolders(path, "internal/store", "internal/work", "internal/web", "internal/app") || inFolders(path, adapters...)
		})
	}},
	{"adapters know neither each other nor the store", func(p pkg) []string {
		if !under(p, adapters...) || testOnly(p.ImportPath) {
			return nil
		}
		return imports(p, "an adapter knows its outside thing and its caller's types", func(path string) bool {
			if inFolders(path, "internal/store", "internal/work", "internal/web", "internal/app") {
				return true
			}
			return inFolders(path, adapters...) && adapterOf(path) != adapterOf(p.ImportPath)
		})
	}},
	{"no queue carries work", func(p pkg) []string {
		if under(p, "internal/bench") { // measures what one would cost
			return nil
		}
		return imports(p, "rows carry the work", func(path string) bool { return within(path, river) })
	}},
	{"SQL is known to store alone", func(p pkg) []string {
		if under(p, "internal/store") {
			return nil
		}
		return imports(p, "only internal/store may", func(path string) bool {
			return within(path, pgxModule, "database/sql", "modernc.org/sqlite", "github.com/pressly/goose")
		})
	}},
	{"only cli and main know app", func(p pkg) []string {
		if under(p, "internal/app", "internal/cli", "cmd") {
			return nil
		}
		return imports(p, "app knows all parts, and no part knows app", func(path string) bool {
			return inFolders(path, "internal/app", "internal/cli")
		})
	}},
	{"test helpers stay in tests", func(p pkg) []string {
		if testOnly(p.ImportPath) {
			return nil
		}
		return imports(p, "the program may not contain it", func(path string) bool {
			return path == "testing" || ours(path) && testOnly(path)
		})
	}},
	{"every package says why it exists", func(p pkg) []string {
		for _, f := range p.files {
			if f.Doc != nil && len(strings.TrimSpace(f.Doc.Text())) > 40 {
				return nil
			}
		}
		return []string{"has no package comment that says why it exists"}
	}},
	{"main stays under 30 lines", func(p pkg) []string {
		if !under(p, "cmd") {
			return nil
		}
		var wrong []string
		for _, f := range p.files {
			at := p.fset.Position(f.FileEnd)
			if at.Line >= 30 {
				wrong = append(wrong, fmt.Sprintf("%s has %d lines: move them to internal/cli", filepath.Base(at.Filename), at.Line))
			}
		}
		return wrong
	}},
}

func TestRules(t *testing.T) {
	t.Parallel()
	pkgs := list(t)
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, p := range pkgs {
				for _, wrong := range r.check(p) {
					t.Errorf("%s %s", strings.TrimPrefix(p.ImportPath, module+"/"), wrong)
				}
			}
		})
	}
}

// TestRulesCanFail gives each rule a package that breaks it and one, as near to it as possible, that does not.
func TestRulesCanFail(t *testing.T) {
	t.Parallel()
	const doc = "// Package p exists for this test, and its comment is long enough.\n"
	long := doc + "package main\n" + strings.Repeat("\n", 40)
	for name, c := range map[string]struct{ badAt, bad, goodAt, good string }{
		rules[0].name:  {"internal/reply", doc + `package p; import _ "net/http"`, "internal/reply", doc + `package p; import _ "` + phoneTable + `"`},
		rules[1].name:  {"internal/trigger", doc + `package p; import _ "rejoinder/internal/config"`, "internal/trigger", doc + `package p; import _ "rejoinder/internal/subscription"`},
		rules[2].name:  {"internal/trigger", doc + `package p; import clock "time"; var _ = clock.Now()`, "internal/trigger", doc + `package p; import "time"; var _ = time.Unix(0, 0)`},
		rules[3].name:  {"internal/bridge", doc + `package p; import _ "rejoinder/internal/texting"`, "internal/app", doc + `package p; import _ "rejoinder/internal/texting"`},
		rules[4].name:  {"internal/texting", doc + `package p; import _ "rejoinder/internal/store"`, "internal/texting", doc + `package p; import _ "rejoinder/internal/message"`},
		rules[5].name:  {"internal/texting/gateway/sandbox", doc + `package p; import _ "rejoinder/internal/texting/gateway/twilio"`, "internal/texting/gateway/sandbox", doc + `package p; import _ "rejoinder/internal/texting"`},
		rules[6].name:  {"internal/work", doc + `package p; import _ "` + river + `/rivertype"`, "internal/bench", doc + `package p; import _ "` + river + `"`},
		rules[7].name:  {"internal/work", doc + `package p; import _ "database/sql"`, "internal/store", doc + `package p; import _ "` + pgxModule + `/v5/pgxpool"`},
		rules[8].name:  {"internal/web/admin", doc + `package p; import _ "rejoinder/internal/app"`, "internal/cli", doc + `package p; import _ "rejoinder/internal/app"`},
		rules[9].name:  {"internal/app", doc + `package p; import _ "rejoinder/internal/store/storetest/pg"`, "internal/texting/gateway/gatewaytest", doc + `package p; import _ "rejoinder/internal/store/storetest/pg"`},
		rules[10].name: {"internal/web", "package p", "internal/web", doc + "package p"},
		rules[11].name: {"cmd/rejoinder", long, "internal/cli", long},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(rules, func(r rule) bool { return r.name == name })
			if wrong := rules[i].check(synthetic(t, c.badAt, c.bad)); len(wrong) == 0 {
				t.Errorf("the rule does not notice %s with\n%s", c.badAt, c.bad)
			}
			if wrong := rules[i].check(synthetic(t, c.goodAt, c.good)); len(wrong) != 0 {
				t.Errorf("the rule forbids %s with\n%s\nsaying %v", c.goodAt, c.good, wrong)
			}
		})
	}
}

func TestReachableFollowsOurOwnImports(t *testing.T) {
	t.Parallel()
	direct := map[string][]string{"rejoinder/a": {"fmt", "rejoinder/b"}, "rejoinder/b": {"rejoinder/c", "rejoinder/a"}}
	got := reachable(direct, "rejoinder/a")
	if want := []string{"rejoinder/b", "rejoinder/c", "rejoinder/a"}; !slices.Equal(got, want) {
		t.Errorf("reachable = %v, want %v", got, want)
	}
}

// synthetic returns a package that exists only here.
func synthetic(t *testing.T, folder, source string) pkg {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	p := pkg{ImportPath: module + "/" + folder, GoFiles: []string{"p.go"}, files: []*ast.File{f}, fset: fset}
	for _, i := range f.Imports {
		p.Imports = append(p.Imports, strings.Trim(i.Path.Value, `"`))
	}
	p.reach = p.Imports
	return p
}

// list returns every package of the module with code outside tests, parsed.
func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports", "./...")
	cmd.Dir = ".."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var pkgs []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		p := pkg{fset: token.NewFileSet()}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		if len(p.GoFiles) == 0 {
			continue
		}
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(p.fset, filepath.Join(p.Dir, name), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			p.files = append(p.files, f)
		}
		pkgs = append(pkgs, p)
	}
	if len(pkgs) < 3 {
		t.Fatalf("go list found %d packages: the rules looked at nothing", len(pkgs))
	}
	direct := map[string][]string{}
	for _, p := range pkgs {
		direct[p.ImportPath] = p.Imports
	}
	for i := range pkgs {
		pkgs[i].reach = reachable(direct, pkgs[i].ImportPath)
	}
	return pkgs
}

// reachable returns our packages that from imports, directly or through others of ours.
func reachable(direct map[string][]string, from string) []string {
	var found []string
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, path := range direct[queue[0]] {
			if ours(path) && !slices.Contains(found, path) {
				found = append(found, path)
				queue = append(queue, path)
			}
		}
	}
	return found
}

// imports returns a sentence for each import of p that is forbidden.
func imports(p pkg, why string, forbidden func(path string) bool) []string {
	var wrong []string
	for _, path := range p.Imports {
		if forbidden(path) {
			wrong = append(wrong, fmt.Sprintf("imports %s: %s", path, why))
		}
	}
	return wrong
}

// reaches is imports for what p takes in through other packages of ours, too.
func reaches(p pkg, why string, forbidden func(path string) bool) []string {
	var wrong []string
	for _, path := range p.reach {
		if forbidden(path) {
			wrong = append(wrong, fmt.Sprintf("imports %s, directly or through others: %s", path, why))
		}
	}
	return wrong
}

// clockReads finds uses of time.Now, Since, Until and of everything in time that waits.
func clockReads(p pkg) []string {
	forbidden := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}
	var wrong []string
	for _, f := range p.files {
		name := ""
		for _, i := range f.Imports {
			if i.Path.Value == `"time"` {
				name = "time"
				if i.Name != nil {
					name = i.Name.Name
				}
			}
		}
		if name == "" {
			continue
		}
		if name == "." {
			wrong = append(wrong, "imports time without its name, so that nobody can see who reads the clock")
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || !slices.Contains(forbidden, sel.Sel.Name) {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == name {
				at := p.fset.Position(sel.Pos())
				wrong = append(wrong, fmt.Sprintf("uses time.%s at %s:%d: take the time as an argument",
					sel.Sel.Name, filepath.Base(at.Filename), at.Line))
			}
			return true
		})
	}
	return wrong
}

// under reports whether p is one of the folders or inside one.
func under(p pkg, folders ...string) bool { return inFolders(p.ImportPath, folders...) }

func inFolders(path string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return within(path, module+"/"+f) })
}

// within reports whether path is one of the roots or below one.
func within(path string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(r string) bool { return path == r || strings.HasPrefix(path, r+"/") })
}

func ours(path string) bool { return within(path, module) }

// vendor reports whether path is neither ours nor the standard library's, whose first element has no dot.
func vendor(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !ours(path) && strings.Contains(first, ".")
}

// testOnly reports whether a package of ours is for tests: it, or a folder above it, ends in "test".
func testOnly(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(s string) bool { return strings.HasSuffix(s, "test") && s != "test" })
}

// adapterOf returns the folder that makes an adapter: internal/bridge/source/ledger, internal/postscript/client.
func adapterOf(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, module+"/"), "/")
	n := 4 // internal/<half>/<port>/<name>
	if len(parts) > 1 && parts[1] == "postscript" {
		n = 3
	}
	return strings.Join(parts[:min(n, len(parts))], "/")
}
