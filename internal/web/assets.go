package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed assets
var assetFiles embed.FS

//go:embed all:templates
var templateFiles embed.FS

// assets serves the stylesheet, the script and the logo under addresses that carry a hash of their content, so
// that a browser may keep them for ever.
type assets struct {
	files map[string]asset // by plain name: "app.css"
}

type asset struct {
	hash, mime string
	content    []byte
}

var mimes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// loadAssets reads the folder. The stylesheet is written in numbered parts, one per concern, which are joined in
// order to app.css.
func loadAssets(fsys fs.FS) (*assets, error) {
	entries, err := fs.ReadDir(fsys, "assets")
	if err != nil {
		return nil, err
	}
	contents := map[string][]byte{}
	for _, e := range entries { // sorted by name
		b, err := fs.ReadFile(fsys, path.Join("assets", e.Name()))
		if err != nil {
			return nil, err
		}
		name := e.Name()
		if path.Ext(name) == ".css" {
			name = "app.css"
		}
		contents[name] = slices.Concat(contents[name], b)
	}
	a := &assets{files: map[string]asset{}}
	for name, b := range contents {
		mime, ok := mimes[path.Ext(name)]
		if !ok {
			return nil, fmt.Errorf("%s: unknown kind of file", name)
		}
		sum := sha256.Sum256(b)
		a.files[name] = asset{hash: hex.EncodeToString(sum[:5]), mime: mime, content: b}
	}
	return a, nil
}

// url returns the address of an asset: "/assets/app.1f2e3d4c5b.css".
func (a *assets) url(name string) (string, error) {
	f, ok := a.files[name]
	if !ok {
		return "", fmt.Errorf("web: no asset %q", name)
	}
	ext := path.Ext(name)
	return "/assets/" + strings.TrimSuffix(name, ext) + "." + f.hash + ext, nil
}

// ServeHTTP serves an asset. An address with another hash gets what we have, uncached: while several machines
// are being replaced, a page of one may ask another for its style.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/assets/")
	ext := path.Ext(name)
	stem, hash, _ := strings.Cut(strings.TrimSuffix(name, ext), ".")
	f, ok := a.files[stem+ext]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.mime)
	if hash == f.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	h.Set("ETag", `"`+f.hash+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.content))
}

func (k *Kit) favicon(w http.ResponseWriter, r *http.Request) {
	f := k.assets.files["icon.svg"]
	w.Header().Set("Content-Type", f.mime)
	w.Header().Set("Cache-Control", "public, max-age=86400")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.content))
}
