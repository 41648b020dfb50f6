package web

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
)

// Check executes every page of the set with each of its samples (values for Page.Body, by file name) and
// returns everything that is wrong, joined: a page without a sample, a sample without a page, a template that
// fails, and markup that our own security policy or a screen reader would stumble over. It is meant for the
// tests of page packages, because html/template finds a wrong field name only when it runs.
func (s *Set) Check(samples map[string][]any) error {
	var errs []error
	for _, name := range s.Names() {
		if len(samples[name]) == 0 {
			errs = append(errs, fmt.Errorf("%s: no sample", name))
		}
	}
	for name, bodies := range samples {
		if !slices.Contains(s.Names(), name) {
			errs = append(errs, fmt.Errorf("%s: a sample, but no such page", name))
			continue
		}
		for i, body := range bodies {
			var buf bytes.Buffer
			v := view{Page: Page{Title: "Sample", Body: body}, Theme: "auto"}
			if err := s.execute(&buf, name, "page", v); err != nil {
				errs = append(errs, fmt.Errorf("sample %d: %w", i, err))
				continue
			}
			for _, problem := range markupProblems(buf.Bytes()) {
				errs = append(errs, fmt.Errorf("%s: sample %d: %s", name, i, problem))
			}
		}
	}
	return errors.Join(errs...)
}

var (
	inlineStyle  = regexp.MustCompile(`<[a-z][^>]*\sstyle=`)
	inlineScript = regexp.MustCompile(`<[a-z][^>]*\son[a-z]+=|<script>|href="javascript:`)
	idAttr       = regexp.MustCompile(`<[a-z][^>]*\sid="([^"]*)"`)
	forAttr      = regexp.MustCompile(`<label[^>]*\sfor="([^"]*)"`)
	badValue     = regexp.MustCompile(`ZgotmplZ|<no value>|%!\w?\(`)
	imgTag       = regexp.MustCompile(`<img[^>]*>`)
)

func markupProblems(html []byte) []string {
	var out []string
	if m := inlineStyle.Find(html); m != nil {
		out = append(out, "inline style is blocked by our policy: "+string(m))
	}
	if m := inlineScript.Find(html); m != nil {
		out = append(out, "inline script is blocked by our policy: "+string(m))
	}
	if m := badValue.Find(html); m != nil {
		out = append(out, "a value that could not be shown: "+string(m))
	}
	for _, m := range imgTag.FindAll(html, -1) {
		if !bytes.Contains(m, []byte(" alt=")) {
			out = append(out, "image without alt: "+string(m))
		}
	}
	ids := map[string]bool{}
	for _, m := range idAttr.FindAllSubmatch(html, -1) {
		if id := string(m[1]); ids[id] {
			out = append(out, "id used twice: "+id)
		} else {
			ids[id] = true
		}
	}
	for _, m := range forAttr.FindAllSubmatch(html, -1) {
		if !ids[string(m[1])] {
			out = append(out, "label for a field that is not there: "+string(m[1]))
		}
	}
	return out
}
