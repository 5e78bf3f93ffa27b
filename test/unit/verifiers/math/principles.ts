/** Gold, answer, and whether they are equal. */
export type Pair = readonly [string, string, boolean];

/** How two readable answers are compared, principle by principle; each with pairs that hold and pairs that must not. */
export const PRINCIPLES: Readonly<Record<string, readonly Pair[]>> = {
  'a left side is a label only where it is a name': [
    ['7', 'x=7', true], ['7', 'x_1=7', true], ['7', 'f(3)=7', true], ['7', 'AB=7', true], ['7', '\\angle ABC = 7', true], ['7', '|S|=7', true], ['7', '|AB|=7', true], ['7', '\\gcd(a,b)=7', true], ['7', '\\vec a\\cdot\\vec b=7', true], ['7', 'S_{ABC}=7', true],
    ['\\{1,2\\}', 'A\\cup B=\\{1,2\\}', true], ['\\frac35', '\\cos A=\\frac35', true], ['\\begin{pmatrix}1\\\\2\\end{pmatrix}', '\\begin{pmatrix}x\\\\y\\end{pmatrix}=\\begin{pmatrix}1\\\\2\\end{pmatrix}', true],
    ['7', '|x|=7', false], ['7', '\\sin x=7', false], ['7', 'x^2=7', false], ['7', 'x\\cdot3=7', false], ['7', 'x(3)=7', false], ['7', '2x=7', false], ['7', 'xy=7', false], ['7', 'x+y=7', false], ['7', '-x=7', false], ['7', '\\gcd(x)=7', false], ['7', '\\sqrt x=7', false],
    ['|z|=3', 'z=3', false], ['|z|=3', '3', false], ['AB=5', 'CD=5', false], ['(x,y)=(1,2)', '(a,b)=(1,2)', false],
  ],
  'a statement that contradicts itself states nothing': [
    ['7', '3=7', false], ['7', 'a+b=3+5=7', false], ['7', 'a+b=3+4=7', true], ['5', '6\\approx5', false], ['0.7', '0.72\\approx0.8', false], ['\\frac13', 'x=\\frac13\\approx0.33', true],
  ],
  'of exact and rounded the exact part counts, and a decimal that rounds it': [
    ['\\frac{3+\\sqrt5}{2}\\approx2.62', '\\frac{3+\\sqrt5}{2}', true], ['\\frac{3+\\sqrt5}{2}\\approx2.62', '2.62', true], ['\\frac{3+\\sqrt5}{2}\\approx2.62', '2.618', true], ['\\frac{3+\\sqrt5}{2}\\approx2.62', '1+\\frac{1+\\sqrt5}2', true],
    ['\\frac{3+\\sqrt5}{2}\\approx2.62', '\\frac{131}{50}', false], ['\\frac{3+\\sqrt5}{2}\\approx2.62', '\\frac{3+\\sqrt{5.01}}{2}', false], ['\\frac{3+\\sqrt5}{2}\\approx2.62', '2.621', false], ['\\frac{3+\\sqrt5}{2}\\approx2.62', '2.6', false], ['\\frac{22}7\\approx3.14', '\\pi', false],
    ['\\frac75', '\\sqrt2\\approx1.4', false], ['1.4', '\\sqrt2\\approx1.4', true], ['\\pi', '3.14\\approx\\pi', true],
  ],
  'a relation is what it is, read from either end': [
    ['a\\perp b', 'b\\perp a', true], ['AB\\parallel CD', 'CD\\parallel AB', true], ['a\\gg b', 'b\\ll a', true], ['p\\Rightarrow q', 'q\\Leftarrow p', true], ['A\\subset B', 'B\\supset A', true], ['p\\iff q', 'q\\Leftrightarrow p', true], ['a=b=c', 'c=a=b', true],
    ['a\\perp b', 'a\\parallel b', false], ['a\\sim b', 'a\\parallel b', false], ['a\\sim b', 'a\\cong b', false], ['x\\propto y', 'x\\sim y', false], ['a\\gg b', 'a\\ll b', false], ['p\\Rightarrow q', 'p\\Leftrightarrow q', false], ['p\\Rightarrow q', 'q\\Rightarrow p', false], ['x\\to y', 'y\\to x', false], ['x\\to0', 'x=0', false],
    ['a\\not\\perp b', 'a\\perp b', false], ['a\\not\\parallel b', 'a\\not\\perp b', false], ['a=b=c', 'a=b=d', false], ['A\\subset B', 'B\\subset A', false],
    ['p\\wedge q', 'q\\land p', true], ['p\\wedge q', 'p\\vee q', false], ['x=1\\lor x=2', 'x=1,x=2', true],
    ['\\vec a\\cdot\\vec b', '\\vec b\\cdot\\vec a', true], ['\\vec a\\times\\vec b', '\\vec a\\cdot\\vec b', false], ['\\vec a\\times\\vec b', '\\vec b\\times\\vec a', false], ['2\\times\\vec a', '\\vec a\\cdot2', true],
  ],
  'arguments of a function are bound, other symbols are not': [
    ['f(n)=2n+5', 'f(m)=2m+5', true], ['f(n)=2n+5', 'f(m)=2n+5', false], ['f(n)=2m+5', 'f(m)=2m+5', false], ['f(x,y)=x-y', 'f(y,x)=y-x', true], ['f(x,y)=x-y', 'f(y,x)=x-y', false], ['f(x)=bx', 'f(t)=bt', true], ['f(x)=x', 'g(x)=x', false],
  ],
  'relations in a row hold together, unless they exclude each other': [
    ['a > 0 \\text{ and } b < 0', 'b<0, a>0', true], ['a > 0 \\text{ and } b < 0', 'b<0 \\text{ or } a>0', false], ['x<1 \\text{ or } y>2', 'x<1, y>2', false], ['x\\ne1,2', 'x\\ne 2 \\text{ and } x\\ne1', true],
    ['x\\ne1,2', 'x\\ne 1', false], ['x\\ge1,x\\le3', '[1,3]', true], ['[1,3]', 'x\\ge1,x\\le3', true], ['x>3', 'x>1,x>3', false], ['x>1,x>3', 'x>3,x>1', true], ['(-\\infty,1)\\cup(3,\\infty)', 'x<1, x>3', true],
    ['x<1, x>3', '(-\\infty,1)\\cup(3,\\infty)', true], ['0<x<36, x\\ne9', '(0,9)\\cup(9,36)', true], ['\\{x:x\\in\\mathbb R,x\\ne2\\}', 'x\\ne2', true], ['x>2,x\\in\\mathbb R', '(2,\\infty)', true],
  ],
  'a region is its numbers: signs of infinity, brackets and the left side count': [
    ['\\{x\\mid x>0,x\\ne1\\}', '(0,1)\\cup(1,\\infty)', true], ['\\{x:x\\in\\mathbb R,x\\ne2\\}', 'x\\ne2', true], ['\\{x\\in\\mathbb Z:0<x<4\\}', '\\{1,2,3\\}', true],
    ['\\{x\\in\\mathbb Z:x>2\\}', '\\{x\\in\\mathbb Z: x\\ge3\\}', true], ['\\{x\\in\\mathbb Z:x>2\\}', '(2,\\infty)', false], ['\\{x\\in\\mathbb N:x<5\\}', 'x<5', false], ['|x-1|<2', '(-1,3)', true],
    ['|2x-1|\\ge3', 'x\\le-1\\text{ or }x\\ge2', true], ['|x|<-1', '\\emptyset', true], ['|x|>1', '(1,\\infty)', false], ['2x\\in[-2,7]', 'x\\in[-1,\\frac72]', true], ['-x\\in[1,4]', '[-4,-1]', true],
    ['x^2\\in[1,4]', 'x^2\\in[1,4]', true], ['x^2\\in[1,4]', '[1,4]', false], ['f(x)\\in[1,4]', '[1,4]', true], ['x>2', 'y>2', false], ['\\{x|x>2\\}', '\\{y|y>2\\}', true], ['\\{x|x>2\\}', '\\{y|x>2\\}', false],
    ['[2,\\infty)', 'm\\ge2', true], ['\\mathbb R^+', '(0,\\infty)', true], ['\\mathbb{R}_{\\ge0}', '[0,\\infty)', true], ['\\mathbb R^+', '\\mathbb R^-', false], ['\\mathbb R^+', '\\mathbb R', false],
    ['\\mathbb R\\setminus\\{k\\pi\\}', '\\mathbb R\\setminus\\{2k\\pi\\}', false], ['\\mathbb R\\setminus\\{k\\pi\\}', 'x\\ne k\\pi', true], ['\\mathbb R\\setminus\\{a,b\\}', '\\mathbb R\\setminus\\{b,a\\}', true],
    ['\\mathbb R\\setminus\\{1,2\\}', '(-\\infty,1)\\cup(1,2)\\cup(2,\\infty)', true], ['(1,-\\infty)', 'a>1', false], ['x>\\infty', '\\emptyset', false], ['x>\\infty', '\\mathbb R', false],
    ['(\\infty,\\infty)', '\\mathbb R', false], ['[3,1]', '\\emptyset', false], ['(10,3)', '[9,4)', false], ['(10,3)', '[10,3)', false], ['[2,5]', '[5,2]', false], ['[2,5]', '(2,5)', false], ['1<x>3', 'x>3', false],
    ['1<x<3', '3>x>1', true], ['-1<2x+1<3', '-1<x<1', true], ['5>-x>1', '-5<x<-1', true], ['a<b<c', 'c>b>a', true], ['a<b<c', 'a<c<b', false], ['2k\\pi<x<2k\\pi+\\pi', '(2k\\pi,2k\\pi+\\pi)', true],
    ['(-\\infty,0]\\cup[1,\\infty)', 'x\\notin(0,1)', true], ['[0,1]', '[0,1)\\cup\\{1\\}', true], ['\\mathbb Z^+', '\\{n \\in\\mathbb Z: n>0\\}', true],
    ['(1,\\sqrt2)\\cup(\\sqrt2,3)', '(1,3)\\setminus\\{\\sqrt2\\}', true], ['x>2,x\\in\\mathbb R', '(2,\\infty)', true], ['a\\in(0,1)', 'a\\in[0,1]', false], ['x\\in\\{1,2\\}', '\\{1,2\\}', true],
    ['x\\in\\{1,2\\}', 'x=1\\text{ or }x=2', true], ['x\\in\\{1,2\\}', '2,1', true],
  ],
  'names of values and points say which is which': [
    ['x=1,y=2', '2,1', false], ['x=1,y=2', '1,2', true], ['A(1,2),B(3,4)', 'B(3,4),A(1,2)', true], ['A(1,2),B(3,4)', 'A(3,4),B(1,2)', false], ['A(1,2),B(3,4)', '(1,2),(3,4)', true],
    ['A(1,2),B(3,4)', '(3,4),(1,2)', false], ['x_1=1,x_2=3', 'x=3 \\text{ or } x=1', true], ['x_1=1,x_2=3', '3,1', true], ['a_1=1,a_2=3', 'a_1=3,a_2=1', false], ['a_1=1,a_2=3', '3,1', false], ['P(1,2)', '(1,2)', true],
    ['P(1,2)', 'Q(1,2)', false], ['\\sqrt{2}\\in\\mathbb R', '\\sqrt2', false], ['(0,1)', 'x \\notin (0,1)', false],
  ],
  'brackets say whether order counts': [
    ['[1,2,3]', '[3,2,1]', false], ['(1,2,3)', '[1,2,3]', true], ['1,2,3', '[3,1,2]', true], ['[1,2)', '(1,2)', false], ['[1,2)', '[1,2]', false], ['[1,2)', '1,2', false], ['\\{1,2\\}', '(1,2)', false],
    ['1,2,2', '1,2,1', false], ['\\{A,B\\}\\cup\\{C\\}', '\\{C\\}\\cup\\{B,A\\}', true], ['\\{A\\}\\cap\\{B\\}', '\\{A\\}\\cup\\{B\\}', false],
  ],
  'a symbol is renamed only where it is a parameter': [
    ['(1+2t,3-t)', '(1+2s,3-s)', true], ['(-32+3x,64-5x)', '(-32+3t,64-5t)', true], ['(\\cos\\theta,\\sin\\theta)', '(\\cos\\alpha,\\sin\\alpha)', true], ['(t,2t),(2t,t)', '(s,2s),(2s,s)', true],
    ['x=1+2t,y=3-t', 'x=1+2s,y=3-s', true], ['k\\pi', 'n\\pi', true], ['x=\\frac\\pi4+k\\pi', 'x=n\\pi+\\frac\\pi4', true], ['30^\\circ+k\\cdot360^\\circ', 'n\\cdot360^\\circ+30^\\circ', true],
    ['[k\\pi,k\\pi+1]', '[n\\pi,n\\pi+1]', true], ['x^2+C', 'x^2+K', true], ['2Cx^2', '2cx^2', false], ['y=Ce^x, C \\in \\mathbb R', 'y=ce^x', true], ['f(x)=cx', 'f(x)=kx', false],
    ['f(x)=cx \\text{ for some constant } c', 'f(x)=kx \\text{ for any real } k', true], ['a_n=2n-1', 'a_k=2k-1', true], ['a_n=2n-1', 'a_k=2n-1', false],
    ['\\{2k\\mid k\\in\\mathbb Z\\}', '\\{2n\\mid n\\in\\mathbb Z\\}', true], ['k', 'n', false], ['A,B,D', 'A,B,C', false], ['A,C', 'w,C', false], ['P \\text{ and } Q', 'P \\text{ and } R', false],
    ['a=3,b=4', 'a=3,p=4', false], ['x=1,x=2', 'y=1,y=2', false], ['x,2x', 'y,2y', false], ['\\{a,2a\\}', '\\{b,2b\\}', false], ['1,2,\\ldots,n', '1,2,\\ldots,m', false], ['(r,s)', '(r,t)', false],
    ['(a,b)', '(a,c)', false], ['2A+B', '2A+C', false], ['a+c', 'a+k', false], ['\\frac{k\\pi}{n}', '\\frac{k\\pi}{m}', false], ['AB', 'AC', false], ['k\\pi+k', 'n\\pi+n', false], ['\\pi r^2', '\\pi s^2', false],
    ['2\\pi r', '2\\pi s', false], ['f(x)=2x+c', 'f(x)=2x+C', true], ['\\frac{(2k+1)\\pi}{2}', '\\frac{(2n+1)\\pi}{2}', true],
  ],
};
