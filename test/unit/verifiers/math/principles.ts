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
};
