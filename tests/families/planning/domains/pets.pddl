; parameters of either type
(define (domain pets) (:requirements :strips :typing) (:types cat dog bird)
  (:predicates (fed ?x - (either cat dog)) (walked ?x - dog) (sung ?x - bird) (happy ?x - (either cat dog bird)))
  (:action feed :parameters (?x - (either cat dog)) :precondition (and) :effect (fed ?x))
  (:action walk :parameters (?x - dog) :precondition (fed ?x)
    :effect (and (walked ?x) (not (fed ?x))))
  (:action sing :parameters (?x - bird) :precondition (and) :effect (sung ?x))
  (:action pet :parameters (?x - (either dog cat)) :precondition (fed ?x) :effect (happy ?x))
  (:action sadden :parameters (?x - (either cat dog bird)) :precondition (happy ?x)
    :effect (not (happy ?x))))

(define (problem pets-1) (:domain pets)
  (:objects tom - cat rex max - dog tweety - bird) (:init (fed rex))
  (:goal (and)))
