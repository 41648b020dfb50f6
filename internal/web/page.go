package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
)

// Page is what a handler gives the layout: Body for the page's own template, the rest for what surrounds it.
type Page struct {
	Title   string // of the page and the browser's tab
	Lead    string // one sentence under the title, or ""
	Section string // key of the navigation entry that is current
	Frame   Frame
	Wide    bool // the content may use the whole width (phone page, wide tables)
	Nav     []NavGroup
	Crumbs  []Link // the way back, outermost first, without the page itself
	Shop    Shop
	Shops   []Link // the shops this user may change to; shown when more than one
	User    User
	Bar     *Bar   // a line above everything: the demo's clock, a shop that is not connected
	Next    *Bar   // what to do now, on a line under the title; nil: nothing in particular
	Flash   *Flash // nil: what Kit.Flash kept for this session
	Body    any    // the page's own typed struct
}

// Frame is how a page is surrounded.
type Frame string

// The frames.
const (
	FrameAdmin Frame = ""      // navigation at the left, on phones a bar with a menu
	FramePlain Frame = "plain" // one narrow column: sign-in, the shopper's account page, errors
)

// Shop is what the layout shows of a shop.
type Shop struct{ Name, Href string }

// User is who is signed in; the zero value is nobody.
type User struct {
	Name, Email, Role string
	SignOut           string // address a POST to which ends the session
}

// Link is a name with an address.
type Link struct {
	Label, Href string
	Current     bool
}

// NavGroup is a part of the navigation, with a heading unless Title is "".
type NavGroup struct {
	Title string
	Items []NavItem
}

// NavItem is one entry of the navigation. Key is what Page.Section names, Icon one of Icons, Count a number
// that asks for attention (0 shows none).
type NavItem struct {
	Key, Label, Href, Icon string
	Count                  int
}

// Bar is the line above everything.
type Bar struct {
	Tone Tone
	Text string
	Link Link
}

// view is what the layout's templates receive.
type view struct {
	Page
	Theme string
}

// Set is the templates of one page package on top of the kit's layout and components.
type Set struct {
	kit   *Kit
	pages map[string]*template.Template
}

// Templates parses the pages in folder dir of fsys ("" for its root). Each *.html is a page known by its file
// name; files whose name begins with "_" are shared by them all. An error names the file at fault.
func (k *Kit) Templates(fsys fs.FS, dir string) (*Set, error) {
	own, err := sub(templateFiles, "templates")
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	base, err := template.New("").Funcs(k.funcs()).Option("missingkey=error").ParseFS(own, "_*.html")
	if err != nil {
		return nil, fmt.Errorf("web: layout: %w", err)
	}
	files, err := sub(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	shared := func(name string) bool { return strings.HasPrefix(path.Base(name), "_") }
	for _, name := range names {
		if shared(name) {
			if _, err := base.ParseFS(files, name); err != nil {
				return nil, fmt.Errorf("web: template %s: %w", name, err)
			}
		}
	}
	s := &Set{kit: k, pages: map[string]*template.Template{}}
	for _, name := range names {
		if shared(name) {
			continue
		}
		t, err := base.Clone()
		if err != nil {
			return nil, fmt.Errorf("web: template %s: %w", name, err)
		}
		if t, err = t.ParseFS(files, name); err != nil {
			return nil, fmt.Errorf("web: template %s: %w", name, err)
		}
		s.pages[name] = t
	}
	if len(s.pages) == 0 {
		return nil, fmt.Errorf("web: no templates in %q", dir)
	}
	return s, nil
}

// Render executes a page into a buffer and, only if that succeeded, writes it with status.
func (s *Set) Render(w http.ResponseWriter, r *http.Request, status int, name string, p Page) error {
	if p.Flash == nil {
		p.Flash = s.kit.takeFlash(r)
	}
	var buf bytes.Buffer
	if err := s.execute(&buf, name, "page", view{Page: p, Theme: themeOf(r)}); err != nil {
		return err
	}
	writeHTML(w, status, buf.Bytes())
	return nil
}

// Fragment executes one named part of a page, for data-poll and data-preview. The answer carries an ETag, and
// a reader that already has the same content gets 304 and leaves the page untouched.
func (s *Set) Fragment(w http.ResponseWriter, r *http.Request, status int, name, part string, data any) error {
	var buf bytes.Buffer
	if err := s.execute(&buf, name, part, data); err != nil {
		return err
	}
	sum := sha256.Sum256(buf.Bytes())
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	w.Header().Set("ETag", tag)
	if status == http.StatusOK && r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	writeHTML(w, status, buf.Bytes())
	return nil
}

func (s *Set) execute(w io.Writer, name, part string, data any) error {
	t, ok := s.pages[name]
	if !ok {
		return fmt.Errorf("web: no template %q", name)
	}
	if err := t.ExecuteTemplate(w, part, data); err != nil {
		return fmt.Errorf("web: template %s: %w", name, err)
	}
	return nil
}

// Names returns the pages of the set, sorted.
func (s *Set) Names() []string {
	names := make([]string, 0, len(s.pages))
	for name := range s.pages {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
