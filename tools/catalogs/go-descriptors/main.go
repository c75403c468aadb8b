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
	"path"
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
	// Native is true of a histogram that has native buckets too: they are in the series without suffix.
	Native bool `json:"native,omitempty"`
	// AnySeries is true of a description of which not even that is known whether histograms or summaries are made of it.
	AnySeries bool `json:"anySeries,omitempty"`
}

// goPackage holds what the names of one directory's package level stand for.
type goPackage struct {
	directory string
	files     []*ast.File
	values    map[string]ast.Expr
	functions map[string]*ast.FuncDecl
	// declaring tells of the functions that were asked for whether they, or functions that they call, make metrics.
	declaring map[*ast.FuncDecl]bool
	// constTypes are those of constant metrics by the name of the variable or field that holds their description.
	constTypes map[string]string
}

type lister struct {
	fileSet  *token.FileSet
	packages []*goPackage
	found    map[string]descriptor
}

var constConstructor = regexp.MustCompile(`^(?:Must)?NewConst(Metric|Histogram|Summary)(?:WithCreatedTimestamp)?$`)

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
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "vendor" || entry.Name() == "testdata" || entry.Name() == "node_modules") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".pb.go") {
			return nil
		}
		file, err := parser.ParseFile(list.fileSet, name, nil, parser.SkipObjectResolution)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		if file == nil {
			return nil
		}
		directory, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		if byDirectory[directory] == nil {
			byDirectory[directory] = &goPackage{
				directory:  directory,
				values:     map[string]ast.Expr{},
				functions:  map[string]*ast.FuncDecl{},
				declaring:  map[*ast.FuncDecl]bool{},
				constTypes: map[string]string{},
			}
			list.packages = append(list.packages, byDirectory[directory])
		}
		into := byDirectory[directory]
		into.files = append(into.files, file)
		for _, declaration := range file.Decls {
			switch declaration := declaration.(type) {
			case *ast.GenDecl:
				addValues(into.values, declaration)
			case *ast.FuncDecl:
				into.functions[declaration.Name.Name] = declaration
			}
		}
		into.addConstTypes(file)
		return nil
	})
}

// addConstTypes reads `MustNewConstMetric(c.up, prometheus.GaugeValue, …)` and its kin.
func (into *goPackage) addConstTypes(file *ast.File) {
	ast.Inspect(file, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 {
			return true
		}
		kind := constConstructor.FindStringSubmatch(lastName(call.Fun))
		if kind == nil {
			return true
		}
		name := strings.ToLower(kind[1])
		if name == "metric" {
			name = strings.ToLower(strings.TrimSuffix(lastName(call.Args[1]), "Value"))
		}
		if !regexp.MustCompile(`^(counter|gauge|histogram|summary)$`).MatchString(name) {
			name = "unknown"
		}
		held := lastName(call.Args[0])
		if before, again := into.constTypes[held]; again && before != name {
			name = "unknown"
		}
		into.constTypes[held] = name
		return true
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
			scope := scope{list, in, file, map[string]ast.Expr{}, map[*ast.CallExpr]string{}, 0}
			scope.inspect(declaration)
		}
	}
}

type scope struct {
	list  *lister
	in    *goPackage
	file  *ast.File
	local map[string]ast.Expr
	// types are those of NewDesc calls that stand beside a value type: `typedDesc{NewDesc(…), prometheus.CounterValue}`,
	// or whose description is held by a name that a constant metric is made from.
	types map[*ast.CallExpr]string
	// depth counts the calls of the source's own functions that led here.
	depth int
}

func (in scope) inspect(declaration ast.Node) {
	ast.Inspect(declaration, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.GenDecl:
			if node != declaration {
				addValues(in.local, node)
			}
		case *ast.ValueSpec:
			for i, name := range node.Names {
				if i < len(node.Values) {
					in.heldDesc(name, node.Values[i])
				}
			}
		case *ast.AssignStmt:
			in.assign(node)
		case *ast.KeyValueExpr:
			in.heldDesc(node.Key, node.Value)
		case *ast.CompositeLit:
			in.typedDesc(node)
		case *ast.CallExpr:
			in.call(node)
		}
		return true
	})
}

// heldDesc remembers the type of `up: prometheus.NewDesc(…)` from what is made of `up` in the same package.
func (in scope) heldDesc(holder, value ast.Expr) {
	call, ok := value.(*ast.CallExpr)
	if kind := in.in.constTypes[lastName(holder)]; ok && kind != "" && lastName(call.Fun) == "NewDesc" {
		in.types[call] = kind
	}
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
		in.heldDesc(left, statement.Rhs[i])
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
		kind, beside := in.types[call]
		if beside {
			found.Type = kind
		}
		found.AnySeries = !beside
		found.Help, _ = in.text(call.Args[1])
		in.addLabels(&found, call.Args[2])
		if len(call.Args) > 3 {
			in.addConstLabels(&found, call.Args[3])
		}
		in.add(found, ok, call)
		return
	}
	if in.constructed(call) || in.depth == 3 {
		return
	}
	in.ownFunction(call)
}

// constructed adds what a call with an options literal makes: `NewCounterVec(prometheus.CounterOpts{…}, labels)`, also
// behind the source's own function of that form, or with a registerer before the options.
func (in scope) constructed(call *ast.CallExpr) bool {
	for i, argument := range call.Args {
		options, ok := in.resolve(argument).(*ast.CompositeLit)
		if !ok || !strings.HasSuffix(lastName(options.Type), "Opts") {
			continue
		}
		fields := in.fields(options)
		kind := kindOf(call, options)
		if fields["Name"] == nil || kind == "" {
			continue
		}
		found := descriptor{Type: kind, Native: fields["NativeHistogramBucketFactor"] != nil}
		found.Help, _ = in.text(fields["Help"])
		name, known := in.joined(fields["Namespace"], fields["Subsystem"], fields["Name"])
		found.Name = name
		in.addVariableLabels(&found, lastName(call.Fun), call.Args[i+1:])
		in.addConstLabels(&found, fields["ConstLabels"])
		in.add(found, known, call)
		return true
	}
	return false
}

var optionsType = regexp.MustCompile(`^(Counter|Gauge|Untyped|Histogram|Summary)(Vec)?Opts$`)

// kindOf tells the type by the constructor or by the options: `prometheus.Opts` may stand for a counter or a gauge.
func kindOf(call *ast.CallExpr, options *ast.CompositeLit) string {
	kind := ""
	if match := constructor.FindStringSubmatch(lastName(call.Fun)); match != nil {
		kind = match[2]
	} else if match := optionsType.FindStringSubmatch(lastName(options.Type)); match != nil {
		kind = match[1]
	}
	return strings.ToLower(strings.TrimPrefix(kind, "Timing"))
}

// addVariableLabels takes the first list among the arguments that follow the options; client_golang's constructors
// without Vec in their name have none, and a function of the source's own may pass on what cannot be told.
func (in scope) addVariableLabels(found *descriptor, function string, after []ast.Expr) {
	match := constructor.FindStringSubmatch(function)
	if match != nil && !strings.HasPrefix(match[3], "Vec") {
		return
	}
	for _, argument := range after {
		switch list := in.resolve(argument).(type) {
		case *ast.CompositeLit, *ast.CallExpr:
			in.addLabels(found, list)
			return
		case *ast.BasicLit, *ast.FuncLit:
		default:
			in.addLabels(found, argument)
			return
		}
	}
}

// ownFunction looks into a function of the source with its parameters bound to the arguments of this call:
// `newServerMetric("sessions", "Current sessions", labels)`, `collector.New(client, "nginx")`.
func (in scope) ownFunction(call *ast.CallExpr) {
	from := in.in
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok {
		if imported := in.imported(lastName(selector.X)); imported != nil {
			from = imported
		}
	}
	function := from.functions[lastName(call.Fun)]
	if function == nil || !from.declares(function) {
		return
	}
	arguments := in.bound(function, call.Args)
	for _, argument := range arguments {
		if argument != nil {
			scope{in.list, from, from.fileOf(function), arguments, in.types, in.depth + 1}.inspect(function.Body)
			return
		}
	}
}

func (in *goPackage) declares(function *ast.FuncDecl) bool {
	if known, asked := in.declaring[function]; asked || function.Body == nil {
		return known
	}
	in.declaring[function] = false // for functions that call each other
	found := false
	ast.Inspect(function.Body, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok && !found {
			name := lastName(call.Fun)
			inner := in.functions[name]
			found = name == "NewDesc" || constructor.MatchString(name) || inner != nil && in.declares(inner)
		}
		return !found
	})
	in.declaring[function] = found
	return found
}

// bound gives each parameter of a function its argument, as far as that can stand there.
func (in scope) bound(function *ast.FuncDecl, arguments []ast.Expr) map[string]ast.Expr {
	parameters := map[string]ast.Expr{}
	position := 0
	for _, parameter := range function.Type.Params.List {
		for _, name := range parameter.Names {
			parameters[name.Name] = nil
			if _, variadic := parameter.Type.(*ast.Ellipsis); variadic && position <= len(arguments) {
				parameters[name.Name] = in.frozen(&ast.CompositeLit{Elts: arguments[position:]})
			} else if position < len(arguments) {
				parameters[name.Name] = in.frozen(arguments[position])
			}
			position++
		}
	}
	return parameters
}

func (in *goPackage) fileOf(node ast.Node) *ast.File {
	for _, file := range in.files {
		if file.FileStart <= node.Pos() && node.Pos() < file.FileEnd {
			return file
		}
	}
	return nil
}

// frozen is an argument as it can stand in another function: literal texts, lists of them, maps from them, and `nil`.
func (in scope) frozen(argument ast.Expr) ast.Expr {
	if isNil(argument) {
		return argument
	}
	if text, ok := in.text(argument); ok {
		return literal(text)
	}
	list := &ast.CompositeLit{}
	constant := descriptor{}
	if in.addConstLabels(&constant, argument); !constant.LabelsOpen && len(constant.Labels) > 0 {
		for _, label := range constant.Labels {
			list.Elts = append(list.Elts, &ast.KeyValueExpr{Key: literal(label)})
		}
		return list
	}
	variable := descriptor{}
	if in.addLabels(&variable, argument); variable.LabelsOpen {
		return nil
	}
	for _, label := range variable.Labels {
		list.Elts = append(list.Elts, literal(label))
	}
	return list
}

func literal(text string) ast.Expr {
	return &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(text)}
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
		found.Native = found.Native || before.Native
		found.AnySeries = found.AnySeries && before.AnySeries
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
	if isNil(in.resolve(labels)) {
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
	if labels == nil || isNil(in.resolve(labels)) {
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
		if lastName(expression.Fun) == "Sprintf" && len(expression.Args) > 0 {
			return in.formatted(expression.Args)
		}
		if len(expression.Args) == 1 && (lastName(expression.Fun) == "string" || lastName(expression.Fun) == "String") {
			return in.text(expression.Args[0])
		}
	}
	return "", false
}

// formatted is Sprintf's result where all its verbs are %s or %v.
func (in scope) formatted(arguments []ast.Expr) (string, bool) {
	format, ok := in.text(arguments[0])
	parts := regexp.MustCompile(`%[sv]`).Split(format, -1)
	if !ok || len(parts) != len(arguments) || strings.Contains(strings.Join(parts, ""), "%") {
		return "", false
	}
	for i, argument := range arguments[1:] {
		text, ok := in.text(argument)
		if !ok {
			return "", false
		}
		parts[i] += text
	}
	return strings.Join(parts, ""), true
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
			from := in.imported(lastName(node.X))
			if from == nil || from.values[node.Sel.Name] == nil {
				return expression
			}
			value := from.values[node.Sel.Name]
			there := scope{in.list, from, from.fileOf(value), map[string]ast.Expr{}, in.types, in.depth}
			frozen := there.frozen(value)
			if frozen == nil {
				return expression
			}
			expression = frozen
		default:
			return expression
		}
	}
	return expression
}

// imported is the package that a file names so, by the end of its import path; nil where that is none that was loaded.
func (in scope) imported(name string) *goPackage {
	if in.file == nil {
		return nil
	}
	for _, each := range in.file.Imports {
		importPath, err := strconv.Unquote(each.Path.Value)
		if err != nil {
			continue
		}
		if each.Name != nil && each.Name.Name == name || each.Name == nil && path.Base(versionless(importPath)) == name {
			return in.list.packageAt(importPath)
		}
	}
	return nil
}

func versionless(importPath string) string {
	return regexp.MustCompile(`/v[0-9]+$`).ReplaceAllString(importPath, "")
}

// packageAt finds the directory whose whole path from the root is the end of the import path, the longest of them.
func (list *lister) packageAt(importPath string) *goPackage {
	var best *goPackage
	for _, each := range list.packages {
		if strings.HasSuffix("/"+importPath, "/"+each.directory) && (best == nil || len(each.directory) > len(best.directory)) {
			best = each
		}
	}
	return best
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
