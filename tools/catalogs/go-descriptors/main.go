// Command go-descriptors lists the Prometheus metrics that Go source declares, without running it: calls of
// client_golang's NewDesc and of its constructors, in whatever package re-exports them. It prints descriptors as
// tools/catalogs/merge.js reads them, and on standard error the places whose name it could not work out.
//
//	go run ./tools/catalogs/go-descriptors DIRECTORY...
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

type descriptor struct {
	Name       string   `json:"name"`
	Type       string   `json:"type"`
	Help       string   `json:"help,omitempty"`
	Labels     []string `json:"labels,omitempty"`
	LabelsOpen bool     `json:"labelsOpen"`
}

// goPackage holds what the names of one directory's package level stand for.
type goPackage struct {
	name   string
	files  []*ast.File
	values map[string]ast.Expr
}

type lister struct {
	fileSet  *token.FileSet
	packages []*goPackage
	found    map[string]descriptor
}

var constructor = regexp.MustCompile(`^New(Lazy)?(Counter|Gauge|Untyped|Histogram|Summary|TimingHistogram)(Vec|Func|VecWithOpts)?$`)

func main() {
	list := &lister{fileSet: token.NewFileSet(), found: map[string]descriptor{}}
	for _, directory := range os.Args[1:] {
		if err := list.load(directory); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	for _, each := range list.packages {
		list.inspect(each)
	}
	sorted := make([]descriptor, 0, len(list.found))
	for _, each := range list.found {
		sorted = append(sorted, each)
	}
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Name < sorted[j].Name })
	if err := json.NewEncoder(os.Stdout).Encode(sorted); err != nil {
		panic(err)
	}
}

func (list *lister) load(root string) error {
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return err
	}
	byDirectory := map[string]*goPackage{}
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "vendor" || entry.Name() == "testdata" || entry.Name() == "node_modules") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(list.fileSet, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		directory := filepath.Dir(path)
		if byDirectory[directory] == nil {
			byDirectory[directory] = &goPackage{name: file.Name.Name, values: map[string]ast.Expr{}}
			list.packages = append(list.packages, byDirectory[directory])
		}
		into := byDirectory[directory]
		into.files = append(into.files, file)
		for _, declaration := range file.Decls {
			if general, ok := declaration.(*ast.GenDecl); ok {
				addValues(into.values, general)
			}
		}
		return nil
	})
}

func addValues(values map[string]ast.Expr, declaration *ast.GenDecl) {
	for _, spec := range declaration.Specs {
		value, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range value.Names {
			if i < len(value.Values) {
				values[name.Name] = value.Values[i]
			}
		}
	}
}

// inspect looks at each function with the package's names and its own constants and variables in view.
func (list *lister) inspect(in *goPackage) {
	for _, file := range in.files {
		for _, declaration := range file.Decls {
			scope := scope{list, in, map[string]ast.Expr{}, map[*ast.CallExpr]string{}}
			ast.Inspect(declaration, func(node ast.Node) bool {
				switch node := node.(type) {
				case *ast.GenDecl:
					if _, local := declaration.(*ast.FuncDecl); local {
						addValues(scope.local, node)
					}
				case *ast.AssignStmt:
					scope.assign(node)
				case *ast.CompositeLit:
					scope.typedDesc(node)
				case *ast.CallExpr:
					scope.call(node)
				}
				return true
			})
		}
	}
}

type scope struct {
	list  *lister
	in    *goPackage
	local map[string]ast.Expr
	// types are those of NewDesc calls that stand beside a value type: `typedDesc{NewDesc(…), prometheus.CounterValue}`.
	types map[*ast.CallExpr]string
}

func (in scope) typedDesc(literal *ast.CompositeLit) {
	var desc *ast.CallExpr
	kind := ""
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			element = pair.Value
		}
		if call, ok := element.(*ast.CallExpr); ok && lastName(call.Fun) == "NewDesc" {
			desc = call
		}
		if name := lastName(element); name == "CounterValue" || name == "GaugeValue" {
			kind = strings.ToLower(strings.TrimSuffix(name, "Value"))
		}
	}
	if desc != nil && kind != "" {
		in.types[desc] = kind
	}
}

// assign remembers what a variable is first given; one that changes later stands for nothing certain.
func (in scope) assign(statement *ast.AssignStmt) {
	if len(statement.Lhs) != len(statement.Rhs) {
		return
	}
	for i, left := range statement.Lhs {
		name, ok := left.(*ast.Ident)
		if !ok {
			continue
		}
		if _, again := in.local[name.Name]; again || statement.Tok != token.DEFINE || mentions(statement.Rhs[i], name.Name) {
			in.local[name.Name] = nil
		} else {
			in.local[name.Name] = statement.Rhs[i]
		}
	}
}

func (in scope) call(call *ast.CallExpr) {
	function := lastName(call.Fun)
	if function == "NewDesc" && len(call.Args) >= 3 {
		name, ok := in.text(call.Args[0])
		found := descriptor{Name: name, Type: "unknown"}
		if kind, beside := in.types[call]; beside {
			found.Type = kind
		}
		found.Help, _ = in.text(call.Args[1])
		in.addLabels(&found, call.Args[2])
		if len(call.Args) > 3 {
			in.addConstLabels(&found, call.Args[3])
		}
		in.add(found, ok, call)
		return
	}
	kind := constructor.FindStringSubmatch(function)
	if kind == nil || len(call.Args) == 0 {
		return
	}
	options, ok := in.resolve(call.Args[0]).(*ast.CompositeLit)
	if !ok {
		return
	}
	fields := in.fields(options)
	if fields["Name"] == nil {
		return
	}
	found := descriptor{Type: strings.ToLower(strings.TrimPrefix(kind[2], "Timing"))}
	found.Help, _ = in.text(fields["Help"])
	name, known := in.joined(fields["Namespace"], fields["Subsystem"], fields["Name"])
	found.Name = name
	if strings.HasPrefix(kind[3], "Vec") && len(call.Args) > 1 {
		in.addLabels(&found, call.Args[1])
	}
	in.addConstLabels(&found, fields["ConstLabels"])
	in.add(found, known, call)
}

// add keeps one descriptor a name; two declarations of one name have the labels of both.
func (in scope) add(found descriptor, known bool, call *ast.CallExpr) {
	if !known || !regexp.MustCompile(`^[a-zA-Z_:][\w:]*$`).MatchString(found.Name) {
		fmt.Fprintf(os.Stderr, "%s: name not known\n", in.list.fileSet.Position(call.Pos()))
		return
	}
	if before, again := in.list.found[found.Name]; again {
		found.Labels = append(found.Labels, before.Labels...)
		found.LabelsOpen = found.LabelsOpen || before.LabelsOpen
		if found.Type == "unknown" {
			found.Type = before.Type
		}
	}
	sort.Strings(found.Labels)
	unique := []string{}
	for i, label := range found.Labels {
		if i == 0 || label != found.Labels[i-1] {
			unique = append(unique, label)
		}
	}
	found.Labels = unique
	in.list.found[found.Name] = found
}

func (in scope) addLabels(found *descriptor, labels ast.Expr) {
	if isNil(labels) {
		return
	}
	var elements []ast.Expr
	switch list := in.resolve(labels).(type) {
	case *ast.CompositeLit:
		elements = list.Elts
	case *ast.CallExpr:
		if lastName(list.Fun) != "append" || list.Ellipsis.IsValid() {
			found.LabelsOpen = true
			return
		}
		in.addLabels(found, list.Args[0])
		elements = list.Args[1:]
	default:
		found.LabelsOpen = true
		return
	}
	for _, element := range elements {
		if label, ok := in.text(element); ok {
			found.Labels = append(found.Labels, label)
		} else {
			found.LabelsOpen = true
		}
	}
}

func (in scope) addConstLabels(found *descriptor, labels ast.Expr) {
	if labels == nil || isNil(labels) {
		return
	}
	list, ok := in.resolve(labels).(*ast.CompositeLit)
	if !ok {
		found.LabelsOpen = true
		return
	}
	for _, element := range list.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if label, ok := in.text(pair.Key); ok {
			found.Labels = append(found.Labels, label)
		} else {
			found.LabelsOpen = true
		}
	}
}

// fields are those of an options literal and of the literals inside it: `HistogramOpts{Opts: …}`.
func (in scope) fields(options *ast.CompositeLit) map[string]ast.Expr {
	fields := map[string]ast.Expr{}
	for _, element := range options.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		fields[lastName(pair.Key)] = pair.Value
		if inner, ok := in.resolve(pair.Value).(*ast.CompositeLit); ok && strings.HasSuffix(lastName(inner.Type), "Opts") {
			for name, value := range in.fields(inner) {
				fields[name] = value
			}
		}
	}
	return fields
}

// joined is client_golang's BuildFQName.
func (in scope) joined(parts ...ast.Expr) (string, bool) {
	texts := []string{}
	for _, part := range parts {
		if part == nil {
			continue
		}
		text, ok := in.text(part)
		if !ok {
			return "", false
		}
		if text != "" {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "_"), true
}

// text is the value of a string expression, as far as constants, concatenation, BuildFQName and Sprintf go.
func (in scope) text(expression ast.Expr) (string, bool) {
	switch expression := in.resolve(expression).(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(expression.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		left, leftKnown := in.text(expression.X)
		right, rightKnown := in.text(expression.Y)
		return left + right, leftKnown && rightKnown && expression.Op == token.ADD
	case *ast.CallExpr:
		if lastName(expression.Fun) == "BuildFQName" && len(expression.Args) == 3 {
			return in.joined(expression.Args...)
		}
		if len(expression.Args) == 1 && (lastName(expression.Fun) == "string" || lastName(expression.Fun) == "String") {
			return in.text(expression.Args[0])
		}
	}
	return "", false
}

// resolve follows names to what they stand for, across the packages that were loaded.
func (in scope) resolve(expression ast.Expr) ast.Expr {
	for range 10 {
		switch node := expression.(type) {
		case *ast.ParenExpr:
			expression = node.X
		case *ast.UnaryExpr:
			expression = node.X
		case *ast.Ident:
			next, local := in.local[node.Name]
			if !local {
				next = in.in.values[node.Name]
			}
			if next == nil {
				return expression
			}
			expression = next
		case *ast.SelectorExpr:
			next := in.list.valueOf(lastName(node.X), node.Sel.Name)
			if next == nil {
				return expression
			}
			expression = next
		default:
			return expression
		}
	}
	return expression
}

func (list *lister) valueOf(packageName, name string) ast.Expr {
	for _, each := range list.packages {
		if each.name == packageName && each.values[name] != nil {
			return each.values[name]
		}
	}
	return nil
}

func lastName(expression ast.Expr) string {
	switch node := expression.(type) {
	case *ast.Ident:
		return node.Name
	case *ast.SelectorExpr:
		return node.Sel.Name
	}
	return ""
}

func mentions(expression ast.Expr, name string) bool {
	found := false
	ast.Inspect(expression, func(node ast.Node) bool {
		if identifier, ok := node.(*ast.Ident); ok && identifier.Name == name {
			found = true
		}
		return !found
	})
	return found
}

func isNil(expression ast.Expr) bool {
	return lastName(expression) == "nil"
}
